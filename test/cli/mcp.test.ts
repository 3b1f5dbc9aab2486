import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KeptReading } from '../../server/src/cli/kept.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { inProcess } from '../support/inProcess.ts';
import { bundled } from '../support/program.ts';

/** `portolan mcp`, asked by the client of the SDK over the pipes of a process. */

const program = bundled('server/src/cli.ts');

/** A repository whose documents for agents repeat its registry, one of them wrongly. */
const harbour = {
  '.git/HEAD': '',
  'AGENTS.md': `# For agents

Never invent a port. All ports are in docs/PORTS.md.

| Service | Port |
| --- | --- |
| pilot-roster | 4100 |
`,
  '.claude/skills/harbour-backend/SKILL.md': `---
name: harbour-backend
description: How the services of the harbour are built
---

# Services

| Service | Port |
| --- | --- |
| pilot-roster | 4100 |
| tide-gauge | 4109 |
`,
  'docs/PORTS.md': `# Port registry

The single source of truth. Agents: look here before you choose a port.

## Berths (4100-4109)

| Port | Service |
| --- | --- |
| 4100 | pilot-roster |
| 4101 | tide-gauge |

## Cranes (4200-4201)

| Port | Service |
| --- | --- |
| 4200 | crane-api |
| 4201 | crane-web |
`,
  'compose.yaml': `services:
  pilot-roster:
    ports: ["4100:80"]
  tide-gauge:
    ports: ["4105:80"]
`,
  'deep/compose.yaml': 'services:\n  crane-api:\n    ports: ["4200:80"]\n',
};

type Era = 'legacy' | 'auto';

/** A client of `portolan mcp` in a folder. It and the server are gone when the test is over. */
async function agentIn(cwd: string, args: readonly string[] = [], era: Era = 'legacy') {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'mcp', ...args],
    cwd,
    stderr: 'pipe',
  });
  let complaints = '';
  transport.stderr!.on('data', (bytes: Buffer) => {
    complaints += bytes.toString();
  });
  const client = new Client({ name: 'deckhand', version: '1.0.0' }, { versionNegotiation: { mode: era } });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const call = (name: string, question: object) =>
    client.callTool({ name, arguments: { ...question } }) as Promise<CallToolResult>;
  return {
    client,
    complaints: () => complaints,
    /** The object that a tool answers; the text has to say the same. */
    async ask(name: string, question: object): Promise<Record<string, unknown>> {
      const { content, structuredContent, isError } = await call(name, question);
      expect(isError ?? false).toBe(false);
      expect(JSON.parse((content[0] as { text: string }).text)).toEqual(structuredContent);
      return structuredContent as Record<string, unknown>;
    },
    /** What a tool says beside the object, or instead of it. */
    async texts(name: string, question: object) {
      const { content, isError } = await call(name, question);
      const texts = content.map((part) => (part as { text: string }).text);
      return isError ? { refused: texts } : { remarks: texts.slice(1) };
    },
  };
}

/** What the command line prints for the same question. */
async function printed(cwd: string, ...args: string[]) {
  return JSON.parse((await inProcess(cwd, [...args, '--format', 'json'])).out);
}

describe('what an agent is told', () => {
  test.each(['legacy', 'auto'] as const)('of the tools, by the %s protocol', async (era) => {
    const { client, complaints } = await agentIn(folderWith(harbour), [], era);
    expect(client.getNegotiatedProtocolVersion()).toMatch(era === 'legacy' ? /^2025-/ : /^2026-/);
    expect(client.getServerVersion()).toMatchObject({ name: 'portolan', version: expect.stringMatching(/^\d/) });
    expect(client.getInstructions()).toContain('Do not invent or guess a port number');
    const { tools } = await client.listTools();
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
    for (const { inputSchema, outputSchema } of tools)
      for (const one of [inputSchema, outputSchema!]) ajv.compile(one as object);
    expect(tools.map(({ name, annotations }) => [name, annotations])).toEqual(
      ['who', 'next', 'check', 'move'].map((name) => [
        name,
        { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      ]),
    );
    expect(complaints()).toBe('');
  });

  test('that move changes files, if it may', async () => {
    const { client } = await agentIn(folderWith(harbour), ['--allow-writes']);
    const move = (await client.listTools()).tools.find(({ name }) => name === 'move')!;
    expect(move.annotations).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    expect(move.inputSchema.properties).toHaveProperty('write');
  });
});

describe('the answers are those of the command line', () => {
  test('to whose a port is, with the document for agents that says otherwise', async () => {
    const cwd = folderWith(harbour);
    const { ask } = await agentIn(cwd);
    const answer = await ask('who', { query: 'tide-gauge' });
    expect(answer).toEqual(await printed(cwd, 'who', 'tide-gauge'));
    expect(answer).toMatchObject({ owners: ['tide-gauge'], found: true });
    expect(answer.claims).toMatchObject([
      { file: '.claude/skills/harbour-backend/SKILL.md', port: 4109, authority: 'reference' },
      { file: 'docs/PORTS.md', port: 4101, authority: 'registry' },
    ]);
    expect(answer.findings).toMatchObject([
      { file: '.claude/skills/harbour-backend/SKILL.md', rule: 'registry-disagreement', expected: [4101] },
      { file: 'compose.yaml', rule: 'port-mismatch', expected: [4101] },
    ]);
    expect(await ask('who', { query: '4100' })).toEqual(await printed(cwd, 'who', '4100'));
    expect(await ask('who', { query: 'lighthouse' })).toEqual(await printed(cwd, 'who', 'lighthouse'));
  });

  test('to which port is free', async () => {
    const cwd = folderWith(harbour);
    const { ask, texts } = await agentIn(cwd);
    expect(await ask('next', {})).toEqual({ version: 1, ports: [{ port: 4102, group: 'Berths' }] });
    expect(await ask('next', { service: 'tide-gauge', count: 2 })).toEqual(
      await printed(cwd, 'next', '--service', 'tide-gauge', '--count', '2'),
    );
    expect(await ask('next', { range: { first: 4100, last: 4103 }, count: 9 })).toEqual(
      await printed(cwd, 'next', '--range', '4100-4103', '--count', '9'),
    );
    expect(await texts('next', { group: 'cranes' })).toEqual({
      refused: ['No port is free there; search another group or range.'],
    });
    expect(await texts('next', { group: 'tugs' })).toEqual({
      refused: ['No registry gives a block to tugs; its groups are Berths and Cranes.'],
    });
    expect(await texts('next', { service: 'lighthouse' })).toEqual({
      refused: ['No port of lighthouse is known, so give a group or a range; its groups are Berths and Cranes.'],
    });
    expect(await texts('next', { group: 'cranes', service: 'crane-api' })).toEqual({
      refused: ['Give one of service, group and range.'],
    });
  });

  test('to what is wrong, everywhere, in a folder, in a file', async () => {
    const cwd = folderWith(harbour);
    const { ask, texts } = await agentIn(cwd);
    expect(await ask('check', {})).toEqual(await printed(cwd, 'check'));
    expect(await ask('check', { paths: ['compose.yaml'] })).toEqual(await printed(cwd, 'check', 'compose.yaml'));
    expect(await ask('check', { paths: ['deep', `${cwd}/AGENTS.md`] })).toMatchObject({
      findings: [],
      summary: { files: 2 },
    });
    expect((await ask('check', { limit: 1 })).findings).toHaveLength(1);
    expect(await texts('check', { limit: 1 })).toEqual({
      remarks: ['Lists are cut to 1 of up to 2 entries; ask for less, or with a higher limit.'],
    });
  });

  test('to what a move changes, which it does not make', async () => {
    const cwd = folderWith(harbour);
    const { ask, texts } = await agentIn(cwd);
    const answer = await ask('move', { service: 'pilot-roster', port: 4103 });
    expect(answer).toEqual(await printed(cwd, 'move', 'pilot-roster', '4103'));
    expect(answer.edits).toHaveLength(4);
    expect(readFileSync(`${cwd}/compose.yaml`, 'utf8')).toBe(harbour['compose.yaml']);
    expect(await texts('move', { service: 'pilot-roster', port: 4200 })).toEqual({
      refused: [expect.stringMatching(/^4200 is given to "crane-api" \(docs\/PORTS\.md:16\)\.$/)],
    });
    expect((await texts('move', { service: 'pilot-roster', port: 4103, write: true })).refused).toEqual([
      expect.stringContaining('must NOT have additional properties'),
    ]);
    expect(readFileSync(`${cwd}/compose.yaml`, 'utf8')).toBe(harbour['compose.yaml']);
  });
});

test('move writes when it may and is told to', async () => {
  const cwd = folderWith(harbour);
  const { ask, texts } = await agentIn(cwd, ['--allow-writes']);
  const question = { service: 'pilot-roster', port: 4103 };
  expect(await ask('move', question)).toMatchObject({ written: false });
  expect(readFileSync(`${cwd}/compose.yaml`, 'utf8')).toBe(harbour['compose.yaml']);
  expect(await ask('move', { ...question, write: true })).toMatchObject({ written: true, from: 4100, to: 4103 });
  expect(readFileSync(`${cwd}/compose.yaml`, 'utf8')).toContain('"4103:80"');
  expect(readFileSync(`${cwd}/AGENTS.md`, 'utf8')).toContain('| pilot-roster | 4103 |');
  expect(await ask('who', { query: '4103' })).toMatchObject({ owners: ['pilot-roster'], findings: [] });
  const again = { service: 'pilot-roster', port: 4101, write: true };
  expect(await texts('move', again)).toEqual({ refused: [expect.stringMatching(/^4101 is given to "tide-gauge"/)] });
});

test('every answer is of the files as they are now', async () => {
  const cwd = folderWith(harbour);
  const { ask } = await agentIn(cwd);
  const owners = async (query: string) => (await ask('who', { query })).owners;
  expect(await owners('4101')).toEqual(['tide-gauge']);
  writeAt(cwd, { 'docs/PORTS.md': harbour['docs/PORTS.md'].replace('tide-gauge', 'buoy-tower') });
  expect(await owners('4101')).toEqual(['buoy-tower']);
  writeAt(cwd, { 'new/PORTS.md': '# Ports\n\n| Port | Service |\n| --- | --- |\n| 4900 | lamp |\n' });
  expect(await owners('4900')).toEqual(['lamp']);
  rmSync(`${cwd}/new/PORTS.md`);
  expect(await owners('4900')).toEqual([]);
});

test('what has not changed is not read again', async () => {
  const path = fileURLToPath(new URL('../../examples/flowharbor/docker-compose.yml', import.meta.url));
  const reading = new KeptReading();
  const facts = async (file: string, isNamed = false) => {
    reading.begin();
    return reading.read(file, (await reading.readFile(file))!, isNamed);
  };
  const first = await facts(path);
  expect(first?.uses).not.toEqual([]);
  expect(await facts(path)).toBe(first);
  expect(reading.read(path, 'services:\n  buoy:\n    image: example/buoy\n')?.uses).toEqual([]);
  expect(await facts(path)).toBe(first);
  const young = `${folderWith({ 'compose.yaml': harbour['compose.yaml'] })}/compose.yaml`;
  expect(await facts(young)).not.toBe(await facts(young));
  await facts(young);
  expect(await facts(path)).not.toBe(first);
});

describe('nothing outside of the root is asked for', () => {
  test.each(['..', '../abroad/compose.yaml', '/etc', 'deep/../../abroad', 'link/compose.yaml', 'link'])(
    '%s',
    async (path) => {
      const outer = folderWith({ 'abroad/compose.yaml': 'services:\n  smuggler:\n    ports: ["4100:80"]\n' });
      writeAt(`${outer}/harbour`, harbour);
      symlinkSync(`${outer}/abroad`, `${outer}/harbour/link`);
      const { texts } = await agentIn(`${outer}/harbour`);
      const refused = [expect.stringMatching(/ lies outside of .*\/harbour; | is a link, or below one; /)];
      expect(await texts('check', { paths: [path] })).toEqual({ refused });
      expect(await texts('move', { service: 'crane-api', port: 4105, path })).toEqual({ refused });
    },
  );

  test('the root is the folder that was named, whatever lies around it', async () => {
    const { ask, texts } = await agentIn(folderWith(harbour), ['deep']);
    expect(await ask('check', {})).toMatchObject({ summary: { files: 1 } });
    expect(await texts('check', { paths: ['../compose.yaml'] })).toHaveProperty('refused');
  });
});

describe('what cannot be answered is said in a sentence', () => {
  test('of the question', async () => {
    const { texts, client } = await agentIn(folderWith({ ...harbour, 'notes.txt': 'Port 4100\n' }));
    expect(await texts('check', { paths: ['nowhere.yaml'] })).toEqual({
      refused: ['There is no file or folder nowhere.yaml; name one that exists.'],
    });
    expect(await texts('check', { paths: ['notes.txt'] })).toEqual({
      refused: ['notes.txt is not checked, because it is left out, or nothing in it can be read for ports.'],
    });
    expect((await texts('who', { port: 4100 })).refused).toEqual([
      expect.stringContaining("required property 'query'"),
    ]);
    await expect(client.callTool({ name: 'guess', arguments: {} })).rejects.toThrow('guess not found');
  });

  test('of the workspace, until it is put right', async () => {
    const cwd = folderWith({ ...harbour, 'portolan.yaml': 'rules: { no-such-rule: off }\n' });
    const { ask, texts } = await agentIn(cwd);
    const { refused } = await texts('who', { query: '4100' });
    expect(refused).toEqual([expect.stringMatching(/^portolan\.yaml:1:\d+: .*no-such-rule.*\.$/)]);
    writeAt(cwd, { 'portolan.yaml': 'registries: [lost/PORTS.md]\n' });
    expect(await texts('check', {})).toEqual({
      remarks: [expect.stringMatching(/^portolan\.yaml:1:14: `lost\/PORTS\.md` is not a document with ports/)],
    });
    expect(await ask('who', { query: '4100' })).toMatchObject({ owners: ['pilot-roster'] });
  });

  test('of the command line', async () => {
    const cwd = folderWith(harbour);
    const said = (...args: string[]) => inProcess(cwd, ['mcp', ...args]);
    expect(await said('nowhere')).toEqual({
      status: 2,
      out: '',
      err: 'There is no folder nowhere; name one that exists.\n',
    });
    expect(await said('a', 'b')).toEqual({ status: 2, out: '', err: 'Name one folder only; leave b off.\n' });
  });
});

test('the server ends with its input', async () => {
  const { client } = await agentIn(folderWith(harbour));
  const { pid } = client.transport as StdioClientTransport;
  await client.close();
  expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
});
