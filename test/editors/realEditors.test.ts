import { beforeEach, describe, expect, test } from 'vitest';
import { documented } from '../support/documented.ts';
import { compose, registry } from '../support/harbour.ts';
import { bundled } from '../support/program.ts';
import { does, type Seen, scriptFor, workIn } from '../support/realEditors.ts';

/** In CI an editor that is missing is a failure, and nothing to be passed over. */
const mustBeThere = process.env.PORTOLAN_EDITORS === 'all';
const server = bundled('server/src/node.ts');

const [, forNeovim = ''] = documented('editors.md', 'Neovim', 'lua');
const [forEglot = '', settingsOfEglot = ''] = documented('editors.md', 'Eglot', 'elisp');
const [forLspMode = '', settingsOfLspMode = ''] = documented('editors.md', 'lsp-mode', 'elisp');

const emacs = (script: string) => [
  'emacs',
  '--batch',
  ...['-f', 'package-initialize'], // as an Emacs does that is not started in a batch
  ...['-l', '~/.emacs.d/init.el'],
  ...['-l', scriptFor('emacs.el'), '-l', scriptFor(script)],
];
const emacsHas = (library: string) =>
  does('emacs', '--batch', '-f', 'package-initialize', '--eval', `(progn (require '${library}) (require 'yaml-mode))`);

/** Each editor with what the page tells to write into its settings, with the settings of the server in it and without. */
const editors = [
  {
    name: 'Neovim',
    isThere: does('nvim', '--version'),
    command: ['nvim', '--headless', '-n', '-S', scriptFor('neovim.lua')],
    init: '.config/nvim/init.lua',
    snippet: forNeovim,
    withSettings: forNeovim.replace('-- init_options', 'init_options'),
  },
  {
    name: 'Emacs with Eglot',
    isThere: emacsHas('eglot'),
    command: emacs('eglot.el'),
    init: '.emacs.d/init.el',
    snippet: forEglot,
    withSettings: `${forEglot}\n${settingsOfEglot}`,
  },
  {
    name: 'Emacs with lsp-mode',
    isThere: emacsHas('lsp-mode'),
    command: emacs('lspMode.el'),
    init: '.emacs.d/init.el',
    snippet: forLspMode,
    withSettings: `${forLspMode}\n${settingsOfLspMode}`,
  },
];

describe.each(editors)(
  '$name, with what the page says',
  { timeout: 120_000 },
  ({ name, isThere, command, init, snippet, withSettings }) => {
    const work = (text: string) =>
      workIn({ command, server, home: { [init]: text }, workspace: { 'PORTS.md': registry, 'compose.yaml': compose } });
    beforeEach(({ skip }) => skip(!isThere && !mustBeThere, `${name} is not installed`));

    test('shows what is wrong, and the owner of a port; a fix mends it and a new name moves a service', async () => {
      const { seen, files } = await work(snippet);
      expect(seen.failure).toBeUndefined();
      expect(seen.diagnostics).toEqual([
        {
          from: [5, 10],
          to: [5, 14],
          severity: 'error',
          message: expect.stringContaining('billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).'),
        },
      ]);
      expect(seen.hover).toMatch(/9007 · billing-api.*assigned 9006 billing-api/s);
      expect(seen.actions[0]).toBe('Use 9006, the port of billing-api');
      expect(seen.fixed).toBe(compose.replace('9007', '9006'));
      expect(files).toEqual({
        'PORTS.md': registry.replace('9010', '9020'),
        'compose.yaml': compose.replace('9007', '9006').replace('9010', '9020'),
      });
    });

    test('gives the settings to the server', async () => {
      expect(withSettings).not.toBe(snippet);
      const severities = ({ diagnostics }: Seen) => diagnostics.map(({ severity }) => severity);
      expect(severities((await work(withSettings)).seen)).toEqual(['warning']);
    });
  },
);
