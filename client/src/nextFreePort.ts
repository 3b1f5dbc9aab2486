import { commands, type Disposable, env, l10n, Range, type TextEditor, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FreeBlock } from '../../server/src/core/features/freePorts.ts';
import { blockText, slotFor } from './moveInput.ts';

/** How long the status bar tells that a port has been copied. */
const TELLING = 5000;

/** The command that puts the next free port at the cursor where a port can stand, and on the clipboard elsewhere. */
export function nextFreePort(server: BaseLanguageClient): Disposable {
  return commands.registerCommand('portolan.nextFreePort', async () => {
    const editor = window.activeTextEditor;
    const uri = editor && server.code2ProtocolConverter.asUri(editor.document.uri);
    const { blocks } = await server.sendRequest<{ blocks: FreeBlock[] }>('portolan/free', {
      ...(uri && { uri }),
      count: 1,
    });
    if (blocks.length === 0)
      return void window.showInformationMessage(l10n.t('No port is free in the blocks of the registry.'));
    const block = blocks.length === 1 ? blocks[0] : await chooseBlock(blocks);
    const port = block?.free[0];
    if (port === undefined || (editor && (await put(port, editor)))) return;
    await env.clipboard.writeText(String(port));
    window.setStatusBarMessage(l10n.t('Port {0} is free; it is on the clipboard.', port), TELLING);
  });
}

/** The nearest registry's blocks come first. */
async function chooseBlock(blocks: readonly FreeBlock[]): Promise<FreeBlock | undefined> {
  const items = blocks.map((block) => ({ label: `${block.free[0]}`, description: blockText(block), block }));
  const placeHolder = l10n.t('In which block is a port to be free?');
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.block;
}

/** Writes a port at the cursor; not where it would spoil the text. */
async function put(port: number, editor: TextEditor): Promise<boolean> {
  const { document, selection } = editor;
  if (!selection.isSingleLine) return false;
  const { line } = selection.start;
  const slot = slotFor(document.lineAt(line).text, selection.start.character, selection.end.character);
  if (!slot) return false;
  return editor.edit((change) => change.replace(new Range(line, slot.start, line, slot.end), String(port)));
}
