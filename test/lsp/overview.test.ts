import { expect, test } from 'vitest';
import type { OverviewAnswer } from '../../server/src/lsp/overviewAnswer.ts';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { compose, registry } from '../support/harbour.ts';

const ask = (editor: Editor) => editor.connection.sendRequest<OverviewAnswer>('portolan/overview');

test('the overview tells registries and problems, with places that name their files once', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  const answer = await ask(editor);
  const place = (file: string, ...rest: number[]) => [answer.files.indexOf(uriOf(`${root}/${file}`)), ...rest];
  expect(new Set(answer.files).size).toBe(answer.files.length);
  expect(answer.problems).toMatchObject([
    { rule: 'port-mismatch', port: 9007, service: 'billing-api', at: place('compose.yaml', 4, 9, 13) },
  ]);
  expect(answer.registries).toMatchObject([
    {
      groups: [
        {
          title: 'Ports',
          rows: [
            { port: 9006, status: 'mismatch', instead: 9007, at: place('PORTS.md', 4, 16, 20) },
            { port: 9010, status: 'ok', uses: [place('compose.yaml', 8, 9, 13)] },
          ],
        },
      ],
    },
  ]);
});

test('a workspace without a registry has an empty overview', async () => {
  const editor = await startEditor({ folders: [folderWith({ 'compose.yaml': compose })] });
  expect(await ask(editor)).toEqual({ files: [], registries: [], problems: [] });
});

test('the client is told when the overview may have changed, and not of what changes nothing', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  const told = editor.changes;
  await editor.open(root + '/compose.yaml', compose);
  await editor.until(() => told.at(-1)?.errors === 1);
  await editor.settled();
  const before = told.length;
  await editor.replace(root + '/compose.yaml', 'example/billing-api', 'example/billing-spi');
  await editor.replace(root + '/compose.yaml', 'example/billing-spi', 'example/billing-api # the first one');
  await editor.settled();
  await editor.replace(root + '/compose.yaml', '9007', '9006');
  await editor.until(() => told.at(-1)?.errors === 0);
  expect(told.length - before).toBeLessThanOrEqual(3);
  expect((await ask(editor)).problems).toEqual([]);
});
