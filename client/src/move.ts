import {
  commands,
  type Disposable,
  l10n,
  type QuickPickItem,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, Position } from 'vscode-languageclient';
import type { At, Free, Moved, Service } from '../../server/src/lsp/features/move.ts';
import { accepted, portChoices } from './moveInput.ts';

/** A place in a file, as other parts of the extension may pass it to the command. */
interface Place {
  readonly uri: string | Uri;
  readonly position: Position;
}

/** How long typing must have paused before the server is asked about what was typed. */
const PAUSE = 150;

/** The command that moves a service to another port: the one at a place, at the cursor, or one chosen from a list. */
export function moveService(server: BaseLanguageClient): Disposable {
  return commands.registerCommand('portolan.move', async (place?: Place) => {
    const at = place ? { uri: String(place.uri), position: place.position } : await chosenPlace(server);
    if (!at) return;
    const free = await server.sendRequest<Free>('portolan/free', at);
    if (free.refused !== undefined) return void window.showWarningMessage(free.refused);
    const port = await choosePort(server, at, free);
    if (port !== undefined) await move(server, at, port);
  });
}

/** Where the server marks something as in need of confirmation, the preview opens first. */
async function move(server: BaseLanguageClient, at: At, port: number): Promise<void> {
  const answer = await server.sendRequest<Moved>('portolan/move', { ...at, port });
  if (answer.refused !== undefined) return void window.showWarningMessage(answer.refused);
  const edit = await server.protocol2CodeConverter.asWorkspaceEdit(answer.edit);
  if (edit) await workspace.applyEdit(edit, { isRefactoring: true });
}

/** The cursor where a port stands, else a service that the user chooses. */
async function chosenPlace(server: BaseLanguageClient): Promise<At | undefined> {
  const here = placeOf(window.activeTextEditor, server);
  if (here && (await server.sendRequest<Free>('portolan/free', { ...here, count: 0 })).service !== undefined)
    return here;
  const services = await server.sendRequest<Service[]>('portolan/services');
  if (services.length === 0) {
    return void window.showInformationMessage(l10n.t('Portolan knows no service with a port in this workspace.'));
  }
  const items = services.map((service) => ({
    label: service.service,
    description: `${service.port}`,
    detail: service.file,
    at: service.at,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Move Service to Another Port'),
    placeHolder: l10n.t('Which service is to move?'),
    matchOnDescription: true,
  });
  return chosen?.at;
}

function placeOf(editor: TextEditor | undefined, server: BaseLanguageClient): At | undefined {
  if (!editor) return undefined;
  const { document, selection } = editor;
  return {
    uri: server.code2ProtocolConverter.asUri(document.uri),
    position: server.code2ProtocolConverter.asPosition(selection.active),
  };
}

/** Offers the free ports, and takes any other that is typed and that the server does not refuse. */
function choosePort(server: BaseLanguageClient, at: At, free: Free): Promise<number | undefined> {
  const pick = window.createQuickPick<QuickPickItem & { port: number; refused?: string }>();
  pick.title = l10n.t('Move {0} from {1} to…', free.service ?? '', free.port ?? '');
  pick.placeholder = l10n.t('Choose a free port, or type one');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    clearTimeout(timer);
    const choices = portChoices(free.blocks, pick.value);
    pick.items = choices;
    const [typed] = choices.filter(({ isTyped }) => isTyped);
    if (!typed) return;
    timer = setTimeout(async () => {
      const { refused } = await server.sendRequest<Moved>('portolan/move', { ...at, port: typed.port, dry: true });
      if (pick.items[0]?.port !== typed.port || refused === undefined) return;
      pick.items = [{ ...typed, description: refused, alwaysShow: true, refused }, ...pick.items.slice(1)];
    }, PAUSE);
  };
  show();
  pick.onDidChangeValue(show);
  return new Promise((resolve) => {
    pick.onDidAccept(async () => {
      const chosen = accepted(pick.items, pick.selectedItems[0], pick.value);
      if (!chosen || chosen.refused !== undefined) return;
      resolve(chosen.port);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
