import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { folderWith } from './disk.ts';
import { Editor } from './editor.ts';

interface Options {
  /** Arguments for Node itself. */
  readonly node?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether there is a channel for messages beside the standard streams. */
  readonly ipc?: boolean;
}

/** An editor with a language server that is a process of its own. */
export interface ServerProcess {
  readonly editor: Editor;
  readonly child: ChildProcess;
  /** Kept when the process has ended: its exit code, or the signal that ended it, and what it wrote on standard error. */
  readonly ended: Promise<{ status: number | string | null; err: string }>;
}

/** Starts a bundled language server over its standard streams; it ends with the test at the latest. */
export function startServer(program: string, { node = [], env = {}, ipc = false }: Options = {}): ServerProcess {
  const child = spawn(process.execPath, [...node, program, '--stdio'], {
    stdio: ipc ? ['pipe', 'pipe', 'pipe', 'ipc'] : 'pipe',
    env: { ...process.env, XDG_CACHE_HOME: folderWith({}), ...env },
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  // Whoever kills the server must not fail because of the messages that were under way.
  child.stdin!.on('error', () => {});
  onTestFinished(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  let err = '';
  child.stderr!.setEncoding('utf8').on('data', (text) => (err += text));
  const ended = once(child, 'exit').then(([code, signal]) => ({ status: code ?? signal, err }));
  return { child, editor: new Editor(connection, undefined), ended };
}

/** Ends a server as editors do. */
export async function stopServer({ editor, ended }: ServerProcess): Promise<void> {
  await editor.connection.sendRequest('shutdown');
  await editor.connection.sendNotification('exit');
  expect(await ended).toEqual({ status: 0, err: '' });
}

/** The memory of a process in MB, now or at its peak; 0 where the system does not tell. */
export function memoryOf({ pid }: ChildProcess, what: 'now' | 'peak'): number {
  if (process.platform !== 'linux') return 0;
  const kilobytes = new RegExp(`^Vm${what === 'now' ? 'RSS' : 'HWM'}:\\s+(\\d+) kB`, 'm');
  return Number(kilobytes.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

/** How long a process has worked, in seconds: unlike the clock, that is the same on a busy machine. 0 if unknown. */
export function workOf({ pid }: ChildProcess): number {
  return workIn(`/proc/${pid}/stat`);
}

/**
 * The same of its first thread alone, which answers: what others do beside it, such as to compile and to collect
 * garbage, keeps nobody waiting.
 */
export function answeringWorkOf({ pid }: ChildProcess): number {
  return workIn(`/proc/${pid}/task/${pid}/stat`);
}

function workIn(file: string): number {
  if (process.platform !== 'linux') return 0;
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in brackets may hold anything.
  const fields = readFileSync(file, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
