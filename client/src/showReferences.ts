import { commands, type Disposable, Uri } from 'vscode';
import type { BaseLanguageClient, Location, Position } from 'vscode-languageclient';

/** The command behind a code lens. The editor's own takes objects of the editor, which no server can send. */
const COMMAND = 'portolan.showReferences';

/** Shows the places that a code lens speaks of. */
export function showReferences(server: BaseLanguageClient): Disposable {
  return commands.registerCommand(COMMAND, (uri: string, position: Position, locations: Location[]) => {
    const { protocol2CodeConverter: convert } = server;
    const places = locations.map((location) => convert.asLocation(location));
    return commands.executeCommand(
      'editor.action.showReferences',
      Uri.parse(uri),
      convert.asPosition(position),
      places,
    );
  });
}
