import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../server/src/core/features/explain.ts';
import { placeText } from '../../../server/src/core/words.ts';
import { dedent } from '../../support/fixture.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

/** What is said of the first line of a file that holds a text, or of its first empty line. */
function explained(picture: string, path: string, words: string): string {
  const files = filesOf(picture);
  const index = indexOf(files);
  const text = files.get(path)!;
  const line = text.split('\n').findIndex((one) => (words === '' ? one === '' : one.includes(words)));
  return explain(index, path, text, line, (place) => placeText(index, place)).join('\n');
}

/** Expects these sentences of a line of a document. */
function explains(document: string, words: string, sentences: string): void {
  expect(explained(`--- PORTS.md\n${dedent(document)}`, 'PORTS.md', words)).toBe(dedent(sentences).trim());
}

describe('a line of a document', () => {
  const document = `
    # Quay ports

    ## Staging

    | Service | Host port | Container port | Owner |
    |---------|-----------|----------------|-------|
    | ledger  | 8310      | 3000           | Ann   |
    | pier    |           |                | Bob   |

    ## Firewall

    | Service | Port |
    |---------|------|
    | sextant | 9100 |

    The kernel hands out 32768 by itself.

    ## Notes

    - [ ] move ledger to 8311
    - the gate was opened in 1998

    \`\`\`bash
    curl localhost:8310
    \`\`\`

    | Day | Ships |
    |-----|-------|
    | Mon | 8310  |
  `;

  test('a row that is read', () =>
    explains(
      document,
      '| ledger',
      `
      Form: a row of a table.
      Columns: “Service” service | “Host port” port (host side) | “Container port” port (container side) | “Owner” not used.
      Section: Quay ports > Staging.
      Told by the words above: environment Staging.
      Claim: assigned 8310 ledger (host side, Staging), PORTS.md:7.
      Claim: assigned 3000 ledger (container side, Staging), PORTS.md:7.
      `,
    ));

  test.each([
    ['| pier', 'no port in this line'],
    ['| sextant', '“Firewall” above says that nothing is assigned here'],
    ['The kernel', '“Firewall” above says that nothing is assigned here'],
    ['- [ ]', 'it is a task'],
    ['- the gate', 'it does not pair a name with a port, as in “Gateway: 9000” or “9000 - Gateway”'],
    ['curl', 'the block is bash, and only blocks of plain text are read as maps of ports'],
    ['| Mon', 'no column of ports'],
  ])('%s is not read', (words, reason) =>
    expect(explained(`--- PORTS.md\n${dedent(document)}`, 'PORTS.md', words)).toContain(`Not read: ${reason}.`),
  );

  test('an empty line', () =>
    explains(
      '# Ports\n\n| Service | Port |\n|---|---|\n| ledger | 8310 |\n',
      '',
      'Not read: no table, heading, list or text stands here.',
    ));

  test('ports of a switch', () =>
    expect(
      explained(
        '--- PORTS.md\n# Ports\n\n| Port | Service |\n|---|---|\n| 2 | lantern |\n| 22 | camera |\n',
        'PORTS.md',
        'lantern',
      ),
    ).toContain('Not read: numbers from 1 up are those of a switch, a patch panel or the like.'));

  test('a document that is none of ports', () =>
    expect(explained('--- README.md\n# Quay\n\n- 8310 - ledger\n', 'README.md', '8310')).toContain(
      'Not read: neither name nor title say that the document lists ports',
    ));

  test('never throws, whatever stands in the document', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('# a', '| a | b |', '|---|---|', '8080', '- ', '\n', '```', 'port', '\r', '| 80')),
        fc.nat(9),
        (parts, line) => {
          const text = parts.join(' \n');
          const index = indexOf(new Map([['PORTS.md', text]]));
          expect(explain(index, 'PORTS.md', text, line, () => '').length).toBeGreaterThan(0);
        },
      ),
    ));
});

describe('a port in a configuration file', () => {
  const registry = `
    --- PORTS.md
    # Ports

    | Service | Port | Environment |
    |---------|------|-------------|
    | ledger  | 8310 |             |
    | pier    | 8400 | staging     |
  `;
  const compose = (path: string, service: string, ports: string) =>
    `${dedent(registry)}--- ${path}\nservices:\n  ${service}:\n    image: quay/${service}\n    ports: ["${ports}"]\n`;

  test.each([
    ['it agrees', compose('compose.yaml', 'ledger', '8310:80'), 'Compared: nothing against it.'],
    ['it differs', compose('compose.yaml', 'ledger', '8311:80'), 'Compared: it differs.'],
    ['nobody knows it', compose('compose.yaml', 'crane', '8500:80'), 'Not compared: no registry speaks of crane.'],
    [
      'another scope',
      compose('compose.prod.yaml', 'pier', '8401:80'),
      'Not compared: no claim of the service holds for this file.',
    ],
    [
      'no registry',
      '--- compose.yaml\nservices:\n  pier:\n    ports: ["8401:80"]\n',
      'Not compared: no registry governs this file.',
    ],
  ])('%s', (_, picture, sentence) => {
    const path = [...filesOf(picture).keys()].at(-1)!;
    expect(explained(picture, path, 'ports:').split('\n')).toContain(sentence);
  });

  test('with the claims that were considered and what was found', () =>
    expect(
      explained(compose('compose.yaml', 'ledger', '8311:80'), 'compose.yaml', 'ports:')
        .split('\n')
        .slice(0, 3),
    ).toEqual([
      'Use: published 8311 ledger, compose.yaml:4.',
      'Considered: assigned 8310 ledger, PORTS.md:5, by service name.',
      'Compared: it differs.',
    ]));

  test('of several folders with a service of that name, the claim may mean another', () => {
    const picture = `--- quay/PORTS.md\n# Ports\n\n| Service | Port |\n|---|---|\n| grafana | 3000 |\n--- quay/a/compose.yaml\nservices:\n  grafana:\n    ports: ["3100:3000"]\n--- quay/b/compose.yaml\nservices:\n  grafana:\n    ports: ["3200:3000"]\n`;
    expect(explained(picture, 'quay/a/compose.yaml', 'ports:')).toContain('Not compared: several folders define');
  });

  test('a line without ports', () =>
    expect(explained(compose('compose.yaml', 'ledger', '8310:80'), 'compose.yaml', 'image:')).toBe(
      'Not read: no port in this line is a claim or a use.',
    ));
});

test('a port in a manifest, with the claims that count in a cluster', () => {
  const registry = `--- PORTS.md
# Port registry

| Service | Host port | Container port |
|---|---|---|
| ledger | 8310 | 3000 |
--- k8s/ledger.yaml
`;
  const pod = (name: string, ports: string) =>
    `${registry}apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: app\n      ports: [${ports}]\n`;
  const said = (name: string, ports: string) => explained(pod(name, ports), 'k8s/ledger.yaml', 'ports:').split('\n');
  const considered = [
    'Considered: assigned 8310 ledger (host side), PORTS.md:5, by the name in the manifest.',
    'Considered: assigned 3000 ledger (container side), PORTS.md:5, by the name in the manifest.',
  ];
  expect(said('ledger', '{containerPort: 3000}').slice(1)).toEqual([...considered, 'Compared: it agrees.']);
  expect(said('ledger', '{containerPort: 3001}').slice(1, 4)).toEqual([...considered, 'Compared: it differs.']);
  expect(said('ledger', '{containerPort: 3001}, {containerPort: 9464}').slice(1, 4)).toEqual([
    ...considered,
    expect.stringContaining('Not compared: in a cluster'),
  ]);
  expect(said('pier', '{containerPort: 3001}').slice(1)).toEqual([
    'Not compared: no registry speaks of pier by that name.',
  ]);
});
