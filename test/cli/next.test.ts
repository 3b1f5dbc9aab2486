import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';

const portolan = commandLine();

const registry = `# Port registry

## Quays (4100-4102)

| Port | Service |
| ---- | ------- |
| 4100 | quay    |

## Ferries (4200-4209)

| Port | Service |
| ---- | ------- |
| 4200 | ferry   |
`;

test('next prints free ports of any block, of one, or of a range', () => {
  const root = folderWith({ 'PORTS.md': registry });
  const next = (...args: string[]) => portolan(root, ['next', ...args]);
  expect(next()).toEqual({ status: 0, out: '4101\n', err: '' });
  expect(next('--group', 'ferries', '--count', '2')).toEqual({ status: 0, out: '4201\n4202\n', err: '' });
  expect(next('--service', 'ferry')).toEqual({ status: 0, out: '4201\n', err: '' });
  expect(next('--range', '4099-4101', '-n', '5')).toEqual({
    status: 0,
    out: '4099\n4101\n',
    err: 'portolan: No more ports are free there.\n',
  });
  expect(next('--range', '4100-4100')).toEqual({ status: 1, out: '', err: 'portolan: No port is free there.\n' });
});

test('next says what is wrong with what it was given', () => {
  const root = folderWith({ 'PORTS.md': registry });
  const refused = (...args: string[]) => {
    const { status, err } = portolan(root, ['next', ...args]);
    expect(status).toBe(2);
    return err.trim();
  };
  expect(refused('--group', 'lighthouses')).toBe(
    'portolan: No registry gives a block to lighthouses; --range A-B names one.',
  );
  expect(refused('--range', '9-x')).toBe('portolan: --range 9-x is not a range of ports; write it such as 8000-8099.');
  expect(refused('--count', '0')).toBe('portolan: --count 0 is not a number of ports; use 1 or more.');
  expect(refused('--range', '1-2', '--group', 'quays')).toBe('portolan: Give --range or --group, not both.');
  expect(refused('--range', '1-2', '--service', 'quay')).toBe(
    'portolan: Give --service alone, without --range and --group.',
  );
  expect(refused('--service', 'lighthouse')).toBe(
    'portolan: No port of lighthouse is known; --group or --range says where.',
  );
  expect(refused('4100')).toBe('portolan: portolan next takes options only, such as --group NAME.');
});
