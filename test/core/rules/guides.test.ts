import { describe, expect, test } from 'vitest';
import { dedent } from '../../support/fixture.ts';
import { checks, filesOf, findings } from '../../support/workspace.ts';

const registry = `--- PORTS.md
# Ports

| Service        | Port |
|----------------|------|
| Berth Planner  | 9007 |
| Gateway Hub    | 9100 |
`;
const found =
  '^^^^ port-mismatch: Berth Planner is reached on 9107, but the registry gives "Berth Planner" 9007 (PORTS.md:5).';

/** A README with an address that the registry does not give, and whatever else there is. */
const besides = (others: string) =>
  checks(`${registry}--- berth/README.md
- Berth Planner: http://localhost:9107/berths
${dedent(others)}`);

describe('an address in a document', () => {
  test('that leads elsewhere is told, also in one for agents and in one that assigns ports', () =>
    checks(`${registry}--- README.md
- **Berth Planner**: http://localhost:9107/berths
                                      ${found}
--- AGENTS.md
# Agents

| Service | Port |
|---|---|
| Gateway Hub | 9100 |

Call the [Berth Planner](http://localhost:9107).
                                          ${found}
`));
  test('is information, and nothing is changed without asking', () => {
    const [finding] = findings(filesOf(`${registry}--- README.md\nBerth Planner: http://localhost:9107\n`));
    expect(finding).toMatchObject({ severity: 'information', expected: [9007] });
    expect(finding!.fixes.map(({ title, preferred }) => ({ title, preferred }))).toEqual([
      { title: 'Use 9007, the port of Berth Planner', preferred: false },
    ]);
  });
});

describe('silent', () => {
  test('when it is right, or names nobody whom the registry knows', () =>
    checks(`${registry}--- README.md
Berth Planner: http://localhost:9007
Berths: http://localhost:9107
The tool that Berth Planner calls: http://localhost:9108
`));
  test('when the port is another service’s, through which it may be reached', () =>
    checks(`${registry}--- README.md
Berth Planner: http://localhost:9100/berths
`));
  test('when Docker publishes the port', () =>
    besides(`
      --- compose.yaml
      services:
        edge:
          image: harbour/edge
          ports: ["9107:80"]
                   ^^^^ unregistered-port: edge publishes 9107, which PORTS.md does not mention.
    `));
  test.each([
    ['Dockerfile', 'FROM node:20\nEXPOSE 9107'],
    ['package.json', '{"scripts": {"dev": "next dev -p 9107"}}'],
    ['.env.example', 'PORT=9107'],
  ])('when a file beside it says the same: %s', (name, text) => besides(`--- berth/${name}\n${text}\n`));
  test('when it is a server for development', () =>
    checks(`${registry}--- README.md
Berth Planner: http://localhost:5173
`));
});
