import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { editorOver } from './editor.ts';
import { bundled } from './program.ts';
import { isOnTheWay, type Smuggler } from './smuggler.ts';
import { type Calls, watch } from './systemCalls.ts';

/** The server and the command line, with what they ask of the system. */
export interface WatchedPrograms {
  /** Has the server read a folder, while an editor asks it everything of some files. */
  serve(place: Smuggler, folder: string, trusted: boolean, settings?: unknown): Promise<Calls>;
  /** Runs the command line in a folder. */
  run(place: Smuggler, folder: string, args: readonly string[]): Promise<Calls>;
  /** Has `portolan mcp` asked in a folder, one call of a tool after the other. */
  ask(
    place: Smuggler,
    folder: string,
    questions: readonly (readonly [tool: string, question: object])[],
  ): Promise<Calls>;
}

/** Bundles both before the tests of a file. */
export function watchedPrograms(): WatchedPrograms {
  const [server, cli] = [bundled('server/src/node.ts'), bundled('server/src/cli.ts')];
  return {
    async serve(place, folder, trusted, settings) {
      const { child, calls } = watch(place.home, [server, '--stdio'], { cwd: place.empty, env: { HOME: place.home } });
      const editor = await editorOver(child, settings).start({
        folders: [folder],
        parameters: { initializationOptions: { trusted } },
      });
      await editor.settled();
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      const start = { line: 9, character: 20 };
      for (const name of names.filter((one) => /^\d+\/compose\.yaml$/.test(one))) {
        const path = `${folder}/${name}`;
        for (const method of ['definition', 'hover']) await editor.ask(method, path, { position: start });
        await editor.ask('documentLink', path);
        await editor.codeActions(path, { start, end: { line: 99, character: 0 } });
      }
      await editor.connection.sendRequest('portolan/overview');
      const { abroad } = place;
      await editor.watched({ [`${abroad}/compose.yaml`]: 2, [`${abroad}/PORTS.md`]: 2, [`${folder}/link`]: 1 });
      await editor.settled();
      await editor.connection.sendRequest('shutdown');
      await editor.connection.sendNotification('exit');
      return calls();
    },
    run(place, folder, args) {
      const { child, calls } = watch(place.home, [cli, ...args], { cwd: folder, env: { HOME: place.home } });
      child.stdout!.resume();
      return calls();
    },
    async ask(place, folder, questions) {
      const { child, calls } = watch(place.home, [cli, 'mcp', folder], { cwd: folder, env: { HOME: place.home } });
      const answers = createInterface(child.stdout!)[Symbol.asyncIterator]();
      const tell = (message: object) => child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      const clientInfo = { name: 'deckhand', version: '1.0.0' };
      tell({ id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
      await answers.next();
      tell({ method: 'notifications/initialized' });
      for (const [n, [name, question]] of questions.entries()) {
        tell({ id: n + 1, method: 'tools/call', params: { name, arguments: question } });
        await answers.next();
      }
      child.stdin!.end();
      return calls();
    },
  };
}

/** The paths that lie neither in a folder nor on the way to it, and that a run in an empty folder has not met. */
export function outside(paths: ReadonlySet<string>, folder: string, baseline: Calls): string[] {
  return [...paths].filter((path) => !isOnTheWay(path, folder) && !baseline.paths.has(path)).sort();
}
