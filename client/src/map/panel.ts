import {
  commands,
  Disposable,
  type ExtensionContext,
  env,
  l10n,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { Overviews } from '../ports/overviews.ts';
import { openArguments } from '../ports/view.ts';
import { atlasOf, type Message } from './chart.ts';

const TYPE = 'portolan.map';

/** The command that shows the port map. There is one; it comes back with the window. */
export function showMap(overviews: Overviews, context: ExtensionContext): Disposable {
  const dist = Uri.joinPath(context.extensionUri, 'dist');
  const options = { enableScripts: true, localResourceRoots: [dist] };
  let panel: WebviewPanel | undefined;
  const adopt = (made: WebviewPanel) => {
    panel?.dispose();
    panel = made;
    made.webview.options = options;
    const map = fill(made, overviews, dist);
    made.onDidDispose(() => {
      map.dispose();
      if (panel === made) panel = undefined;
    });
  };
  overviews.watch(() => panel?.visible ?? false);
  return Disposable.from(
    commands.registerCommand('portolan.showMap', () => {
      if (panel) panel.reveal();
      else adopt(window.createWebviewPanel(TYPE, l10n.t('Port Map'), ViewColumn.Active, options));
    }),
    window.registerWebviewPanelSerializer(TYPE, {
      async deserializeWebviewPanel(restored) {
        adopt(restored);
      },
    }),
    { dispose: () => panel?.dispose() },
  );
}

/** Gives a panel its page, and keeps it told. */
function fill(panel: WebviewPanel, overviews: Overviews, dist: Uri): Disposable {
  const { webview } = panel;
  const tell = async () => {
    const answer = overviews.current ?? (await overviews.latest());
    if (answer) await webview.postMessage(atlasOf(answer, l10n));
  };
  const listeners = Disposable.from(
    webview.onDidReceiveMessage((message: Message) => receive(message, overviews, tell)),
    overviews.onDidChange(() => void tell()),
    panel.onDidChangeViewState(() => overviews.refresh()),
  );
  webview.html = pageOf(webview, dist);
  return listeners;
}

/** The page opens only files in which the server knows ports. */
async function receive(message: Message, overviews: Overviews, tell: () => Promise<void>): Promise<void> {
  if (message.type === 'ready') {
    await tell();
    overviews.refresh();
  } else if (message.type === 'open' && overviews.current?.files.includes(message.target.uri)) {
    await commands.executeCommand('vscode.open', ...openArguments(message.target));
  } else if (message.type === 'save') await save(message.svg);
}

async function save(svg: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    filters: { SVG: ['svg'] },
    ...(folder && { defaultUri: Uri.joinPath(folder, 'port-map.svg') }),
  });
  if (uri) await workspace.fs.writeFile(uri, new TextEncoder().encode(svg));
}

/** A page without anything of its own: all that it shows comes as a message. */
function pageOf(webview: Webview, dist: Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const uri = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uri('map.css')}">
</head>
<body>
<script nonce="${nonce}" src="${uri('map.js')}"></script>
</body>
</html>`;
}
