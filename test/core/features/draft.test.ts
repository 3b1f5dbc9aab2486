import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read } from '../../../server/src/core/analyze.ts';
import { draft } from '../../../server/src/core/features/draft.ts';
import { dedent, describeFact } from '../../support/fixture.ts';
import { checks, filesOf, findings, indexOf } from '../../support/workspace.ts';

/** A workspace with its own draft in it. */
function registered(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files, ['PORT_REGISTRY.md', draft(indexOf(files), '') ?? '']]);
}

const harbour = filesOf(`
  --- compose.yaml
  services:
    roster:
      container_name: pilot-roster
      ports: ['4100:80', '127.0.0.1:\${ADMIN_PORT:-4190}:90']
    radio:
      network_mode: host
      environment: [PORT=4150]
    beacon:
      ports: ['4160-4162:4160-4162/udp']
  --- .env
  ADMIN_PORT=4191
  --- .env.example
  ADMIN_PORT=4192
  --- legacy/internal/compose.prod.yml
  services:
    postgres:
      ports: ['5432:5432']
    night:
      profiles: [night]
      ports: ['4100:80']
    day:
      profiles: [day]
      ports: ['4100:80']
  --- reserved 4000-4099/docker-compose.test.yml
  services:
    postgres:
      ports: ['5433:5432']
  --- infra/site.conf
  server {
    listen 8443 ssl;
    location / { proxy_pass http://127.0.0.1:4100; }
  }
  --- infra/inside.conf
  server {
    listen 80;
    location / { proxy_pass http://roster:80; }
  }
`);

describe('draft', () => {
  test('lists what each file takes on its host', () => {
    expect(draft(indexOf(harbour), '')).toMatchInlineSnapshot(`
      "# Port registry

      Drafted by Portolan from the ports that the files below take on their host. From here on it is yours: what you
      write here holds, and the files are checked against it.

      ## \`./compose.yaml\`

      | Host port | Service  | Container      | Protocol | Bind address | Notes                |
      | --------- | -------- | -------------- | -------- | ------------ | -------------------- |
      | 4100      | \`roster\` | \`pilot-roster\` | tcp      |              |                      |
      | 4150      | \`radio\`  |                | tcp      |              |                      |
      | 4160-4162 | \`beacon\` |                | udp      |              |                      |
      | 4191      | \`roster\` | \`pilot-roster\` | tcp      | 127.0.0.1    |                      |
      | 4192      | \`roster\` | \`pilot-roster\` | tcp      | 127.0.0.1    | as in \`.env.example\` |

      ## \`./infra/site.conf\`

      | Host port | Service |
      | --------- | ------- |
      | 8443      | \`nginx\` |

      ## \`./reserved 4000-4099/docker-compose.test.yml\`

      | Host port | Service    |
      | --------- | ---------- |
      | 5433      | \`postgres\` |

      ## \`./legacy/internal/compose.prod.yml\`

      | Host port | Service    | Notes               |
      | --------- | ---------- | ------------------- |
      | 4100      | \`day\`      | shared with \`night\` |
      | 4100      | \`night\`    | shared with \`day\`   |
      | 5432      | \`postgres\` |                     |
      "
    `);
  });

  test('is read back exactly, whatever the folders are called', () => {
    const { claims, document } = read('PORT_REGISTRY.md', draft(indexOf(harbour), '')!)!;
    expect(document).toMatchObject({ authority: 'registry' });
    expect(claims.map(describeFact)).toMatchInlineSnapshot(`
      [
        "assignment 4100/tcp host roster container=pilot-roster path=./compose.yaml",
        "assignment 4150/tcp host radio path=./compose.yaml",
        "assignment 4160-4162/udp host beacon path=./compose.yaml",
        "assignment 4191/tcp host roster container=pilot-roster path=./compose.yaml address=127.0.0.1",
        "assignment 4192/tcp host roster container=pilot-roster path=./compose.yaml address=127.0.0.1",
        "assignment 8443 host nginx path=./infra/site.conf",
        "assignment 5433 host postgres path=./reserved 4000-4099/docker-compose.test.yml",
        "assignment 4100 host day path=./legacy/internal/compose.prod.yml excused",
        "assignment 4100 host night path=./legacy/internal/compose.prod.yml excused",
        "assignment 5432 host postgres path=./legacy/internal/compose.prod.yml",
      ]
    `);
  });

  test('lists only what lies in the folder, and says nothing where there is nothing', () => {
    expect(draft(indexOf(harbour), 'legacy')).toContain('## `./internal/compose.prod.yml`');
    expect(draft(indexOf(harbour), 'legacy')).not.toContain('pilot-roster');
    expect(draft(indexOf(harbour), 'elsewhere')).toBeUndefined();
  });

  test('agrees with the files from which it was made', () => {
    expect(findings(harbour)).toEqual([]);
    expect(findings(registered(harbour))).toEqual([]);
  });

  test('agrees with any stacks that agree with themselves', () => {
    const name = fc.constantFrom('postgres', 'redis', 'api', 'web', 'frontend', 'quay-api', 'shop', 'db-2');
    const port = fc.integer({ min: 3000, max: 3008 });
    const services = fc.uniqueArray(fc.record({ name, port, container: fc.option(name) }), {
      minLength: 1,
      maxLength: 6,
      comparator: (a, b) => a.name === b.name || a.port === b.port,
    });
    const folder = fc.constantFrom('', 'shop/', 'free ports/', 'dev/', 'ops/prod/', 'old/3000-3999/', 'tests/');
    const file = fc.constantFrom('compose.yaml', 'docker-compose.prod.yml', 'docker-compose.test.yml');
    const stacks = fc.dictionary(
      fc.tuple(folder, file).map((parts) => parts.join('')),
      services,
      { minKeys: 1, maxKeys: 5 },
    );
    fc.assert(
      fc.property(stacks, (drawn) => {
        const files = new Map(Object.entries(drawn).map(([path, all]) => [path, compose(all)]));
        expect(findings(registered(files))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

interface Drawn {
  readonly name: string;
  readonly port: number;
  readonly container: string | null;
}

function compose(services: readonly Drawn[]): string {
  const texts = services.map(({ name, port, container }) => {
    const named = container === null ? '' : `    container_name: ${container}-1\n`;
    return `  ${name}:\n    image: harbour/${name}\n${named}    ports: ['${port}:80']\n`;
  });
  return `services:\n${texts.join('')}`;
}

test('a heading that names a file limits its rows to that file', () =>
  checks(
    dedent(`
    --- PORTS.md
    # Ports

    ## \`./shop/compose.yaml\`

    | Port | Service |
    | ---- | ------- |
    | 4100 | roster  |
    --- shop/compose.yaml
    services:
      roster:
        ports: ['4101:80']
                 ^^^^ port-mismatch: roster publishes 4101, but the registry gives it 4100 (PORTS.md:7).
    --- old/shop/compose.yaml
    services:
      roster:
        ports: ['4101:80']
                 ^^^^ unregistered-port: roster publishes 4101, which PORTS.md does not mention.
  `),
  ));
