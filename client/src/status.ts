import {
  type Command,
  commands,
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { Status } from '../../server/src/lsp/workspace/status.ts';
import { type ServerState, stateOf } from './serverState.ts';

const severities: Record<ServerState['worry'], LanguageStatusSeverity> = {
  none: LanguageStatusSeverity.Information,
  some: LanguageStatusSeverity.Warning,
  much: LanguageStatusSeverity.Error,
};

/** Shows the server's state behind the editor's `{}`, with the one thing that can be done about it. */
export function showStatus(server: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem('portolan.status', '*');
  item.name = 'Portolan';
  let status: Status | undefined;
  const show = (state: State) => update(item, status, stateOf(status, state !== State.Stopped));
  show(State.Starting);
  return Disposable.from(
    item,
    commands.registerCommand('portolan.stopReading', () => server.sendNotification('portolan/stopReading')),
    server.onDidChangeState(({ newState }) => {
      status = undefined;
      show(newState);
    }),
    server.onNotification('portolan/status', (told: Status) => {
      status = told;
      show(State.Running);
    }),
  );
}

function update(item: LanguageStatusItem, status: Status | undefined, state: ServerState): void {
  item.busy = state.kind === 'starting' || state.kind === 'reading';
  item.severity = severities[state.worry];
  item.text = text(status, state);
  item.detail = detail(status, state);
  item.command = command(state);
}

function text(status: Status | undefined, { kind }: ServerState): string {
  if (kind === 'ended') return l10n.t('Portolan is not running');
  if (kind === 'starting' || status === undefined) return l10n.t('Portolan is starting');
  const { reading, registries } = status;
  if (kind === 'reading')
    return reading && reading.total > 0
      ? l10n.t('Reading: {0} of {1} files', reading.read, reading.total)
      : l10n.t('Looking for files');
  if (kind === 'partial') return l10n.t('Only some files were read');
  if (kind === 'unregistered') return l10n.t('No port registry');
  return registries === 1 ? l10n.t('1 port registry') : l10n.t('{0} port registries', registries);
}

function detail(status: Status | undefined, { kind }: ServerState): string {
  if (status === undefined || kind === 'reading') return '';
  const { claims, uses, errors, warnings } = status;
  return [
    claims === 1 ? l10n.t('1 port documented') : l10n.t('{0} ports documented', claims),
    uses === 1 ? l10n.t('1 port used') : l10n.t('{0} ports used', uses),
    errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors),
    warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings),
  ].join(', ');
}

function command({ kind }: ServerState): Command {
  if (kind === 'reading') return { title: l10n.t('Stop'), command: 'portolan.stopReading' };
  if (kind === 'partial') return { title: l10n.t('Read All'), command: 'portolan.restart' };
  if (kind === 'ended') return { title: l10n.t('Start'), command: 'portolan.restart' };
  if (kind === 'unregistered') return { title: l10n.t('Draft a Registry'), command: 'portolan.draftRegistry' };
  return { title: l10n.t('Show Log'), command: 'portolan.showLog' };
}
