import { describe, expect, test } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('the range of a whole document', () => {
  test('a label below the title', () =>
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Quayside Ports

      **Port Range:** 53000-54999
                      ^^^^^^^^^^^ range 53000-54999 any Quayside Ports
      `,
    ));

  test('a bound, in a list of rules', () =>
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Quayside Ports

      53000–54999 only.
      ^^^^^^^^^^^ range 53000-54999 any Quayside Ports binding

      ## Rules

      - All ports must be in 53000–54999, whatever they are for
                             ^^^^^^^^^^^ range 53000-54999 any Quayside Ports binding
      `,
    ));

  test('in other languages', () =>
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # 端口分配

      端口范围：53000-54999
           ^^^^^^^^^^^ range 53000-54999 any 端口分配

      Faixa de portas: 8000-8999
                       ^^^^^^^^^ range 8000-8999 any 端口分配

      所有端口必须在 53000-54999
              ^^^^^^^^^^^ range 53000-54999 any 端口分配 binding
      `,
    ));

  test.each([
    ['one group', 'Frontend ports must be in 3000-3999.'],
    ['one group, as a label', '**Frontend port range:** 3000-3999'],
    ['a ban', 'All ports in 6000-6063 must not be used.'],
    ['prose', 'The kernel hands out 32768-60999 by itself.'],
    ['two ranges', 'All ports must be in 3000-3999 or 8000-8999.'],
  ])('silent: %s', (_, line) => expect(readsNothing(`# Quayside Ports\n\n${line}\n`)).toBe(true));

  test('below the heading of a service', () =>
    expect(readsNothing('# Quayside Ports\n\n## Ledger\n\nPort range: 3000-3999\n')).toBe(true));
});

describe('schemes are no claims', () => {
  test.each([
    ['offsets', '- +00 API\n- +10–19 workers in each 100-block\n- +90: metrics'],
    ['offsets in a table', '| Offset | Purpose |\n|---|---|\n| +00 | API |\n| +10–19 | Workers |'],
    ['a count', '- Each service gets 100 ports\n- Block size: 100\n- 100 ports per service'],
    ['a formula', 'The port is 3000 + 100 times the number of the stack.'],
  ])('%s', (_, lines) => expect(readsNothing(`# Quayside Ports\n\n## Scheme\n\n${lines}\n`)).toBe(true));
});

function readsNothing(text: string): boolean {
  return (registryMarkdown.read(text, 'PORTS.md')?.claims ?? []).length === 0;
}

test('a section whose parts never run together is excused as a whole', () =>
  reads(
    registryMarkdown,
    'PORTS.md',
    `
    # Quayside Ports

    ## Standalone stacks

    Mutually exclusive with the shared stack.

    | Service   | Port |
    |-----------|------|
    | Ledger DB | 5432 |
                  ^^^^ assignment 5432 any Ledger DB excused

    ## Shared stack

    | Service   | Port |
    |-----------|------|
    | Harbor DB | 5432 |
                  ^^^^ assignment 5432 any Harbor DB
    `,
  ));

test('a row that tells of its clash, and one that tells of none', () =>
  reads(
    registryMarkdown,
    'PORTS.md',
    `
    # Quayside Ports

    | Service   | Port | Notes                |
    |-----------|------|----------------------|
    | Ledger    | 9001 | conflicts with Crane |
                  ^^^^ assignment 9001 any Ledger excused clashes
    | Lighter   | 9002 | no conflict with 9001 |
                  ^^^^ assignment 9002 any Lighter excused
    `,
  ));
