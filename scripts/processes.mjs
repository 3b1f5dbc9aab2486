import { execFileSync, spawn, spawnSync } from 'node:child_process';

/**
 * Runs a program to its end with the terminal's input and output. Gives its exit status, 1 for one that a signal ended.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

/**
 * Runs npm, the one that runs this script if there is one.
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}

/**
 * What npm prints.
 *
 * @param {readonly string[]} args
 * @param {{ cwd: string }} options
 */
export function npmText(args, { cwd }) {
  const cli = process.env.npm_execpath;
  const [program, ...first] = cli ? [process.execPath, cli] : ['npm'];
  return execFileSync(program, [...first, ...args], { cwd, encoding: 'utf8' });
}

/**
 * The path of a program, if PATH has it.
 *
 * @param {string} program
 * @returns {string | undefined}
 */
export function which(program) {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [program], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.split(/\r?\n/)[0] : undefined;
}
