import {
  commands,
  Disposable,
  type ExtensionContext,
  env,
  Location,
  l10n,
  Position,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Machine } from '../machine.ts';
import { showMap } from '../map/panel.ts';
import { Overviews } from './overviews.ts';
import { type Item, namedPorts } from './tree.ts';
import { openArguments, PortsView } from './view.ts';

/** The ports view and the port map, with their commands. */
export function seePorts(server: BaseLanguageClient, context: ExtensionContext, machine?: Machine): Disposable {
  const overviews = new Overviews(server);
  const view = new PortsView(overviews);
  void commands.executeCommand('setContext', 'portolan.awake', true);
  return Disposable.from(
    overviews,
    view,
    ...filterCommands(view),
    ...itemCommands(),
    countErrors(overviews, view),
    overviews.onDidChange(({ registries }) => {
      void commands.executeCommand('setContext', 'portolan.hasNoRegistry', registries.length === 0);
    }),
    showMap(overviews, context),
    ...(machine ? listeningCommands(machine, overviews, view) : []),
  );
}

function filterCommands(view: PortsView): Disposable[] {
  const set = (change: Partial<PortsView['filter']>) => {
    view.filter = { ...view.filter, ...change };
    void commands.executeCommand('setContext', 'portolan.ports.isFiltered', view.filter.text.trim() !== '');
    void commands.executeCommand('setContext', 'portolan.ports.problemsOnly', view.filter.problemsOnly);
  };
  return [
    commands.registerCommand('portolan.ports.filter', async (given?: string) => {
      const prompt = l10n.t('Part of a name, a port, or the beginning of one. Empty shows everything.');
      const asked = () => window.showInputBox({ title: l10n.t('Filter Ports'), prompt, value: view.filter.text });
      const text = typeof given === 'string' ? given : await asked();
      if (text !== undefined) set({ text });
    }),
    commands.registerCommand('portolan.ports.clearFilter', () => set({ text: '' })),
    commands.registerCommand('portolan.ports.showProblemsOnly', () => set({ problemsOnly: true })),
    commands.registerCommand('portolan.ports.showAll', () => set({ problemsOnly: false })),
  ];
}

/** What can be done with an item of the view. Menus give the item. */
function itemCommands(): Disposable[] {
  return [
    commands.registerCommand('portolan.ports.goToRow', ({ target }: Item) => {
      if (target) return commands.executeCommand('vscode.open', ...openArguments(target));
    }),
    commands.registerCommand('portolan.ports.findUses', async ({ target, uses }: Item) => {
      if (!target) return;
      await commands.executeCommand('vscode.open', ...openArguments(target));
      const locations = uses.map((use) => new Location(Uri.parse(use.uri), openArguments(use)[1].selection));
      const from = new Position(target.line, target.start);
      await commands.executeCommand('editor.action.showReferences', Uri.parse(target.uri), from, locations);
    }),
    commands.registerCommand('portolan.ports.copyPort', ({ port }: Item) => env.clipboard.writeText(String(port))),
  ];
}

/** Keeps the number of errors at the view's icon. */
function countErrors(overviews: Overviews, view: PortsView): Disposable {
  let errors = 0;
  const show = () => {
    view.errors = workspace.getConfiguration('portolan').get('ports.badge', true) ? errors : 0;
  };
  return Disposable.from(
    overviews.onDidSettle((now) => {
      errors = now.errors;
      show();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('portolan.ports.badge')) show();
    }),
  );
}

/** Marks the ports on which somebody listens now, on demand and until the marks are cleared. */
function listeningCommands(machine: Machine, overviews: Overviews, view: PortsView): Disposable[] {
  const mark = (ports: ReadonlySet<number>) => {
    view.listening = ports;
    void commands.executeCommand('setContext', 'portolan.ports.hasMarks', ports.size > 0);
  };
  void commands.executeCommand('setContext', 'portolan.canListen', true);
  return [
    commands.registerCommand('portolan.showListening', async () => {
      const answer = await overviews.latest();
      if (!answer) return;
      const location = { viewId: 'portolan.ports' };
      const found = await window.withProgress({ location }, () => machine.listening(namedPorts(answer)));
      mark(found);
      await commands.executeCommand('portolan.ports.focus');
      void window.showInformationMessage(
        found.size === 0
          ? l10n.t('Nobody listens on any of these ports on this machine.')
          : l10n.t('Somebody listens on {0} of these ports on this machine. The view marks them.', found.size),
      );
      return [...found];
    }),
    commands.registerCommand('portolan.clearListening', () => mark(new Set())),
  ];
}
