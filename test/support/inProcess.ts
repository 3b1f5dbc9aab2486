import { run } from '../../server/src/cli/run.ts';

/** Runs a command in this process, without the time that a process of its own takes. */
export async function inProcess(cwd: string, args: readonly string[], input = '') {
  let out = '';
  let err = '';
  const status = await run(args, {
    cwd,
    input: () => input,
    out: (text) => {
      out += text;
    },
    tell: (sentence) => {
      err += `${sentence}\n`;
    },
    style: (_look, text) => text,
  });
  return { status, out, err };
}
