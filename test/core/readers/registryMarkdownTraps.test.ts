import { describe, expect, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

/** What is claimed, in a few words. */
function claims(path: string, text: string): string[] {
  return registryMarkdown.read(text, path)?.claims.map(({ role, port }) => `${role} ${port}`) ?? [];
}

describe('numbers that are no ports', () => {
  it('are left alone in the cells beside ports', () => {
    reads(
      registryMarkdown,
      'PORT_REGISTRY.md',
      `
      # Port Registry

      | Port | Service | Process | PID | Uptime | DB |
      |---|---|---|---|---|---|
      | 5000 | api | node (PID: 10911) | 10911 | 2000 | 3 |
        ^^^^ assignment 5000 any api
      | 300xx | more | | 10912 | 3000 | 4 |
      | 70000 | none | | 10913 | 4000 | 5 |
      | 0 | dynamic | | | | |
    `,
    );
  });

  it.each([
    ['addresses', '| 10.20.30.40 | vpn |'],
    ['versions', '| 1.20.3 | node |'],
    ['dates', '| 2026-02-12 | audit |'],
    ['offsets', '| +00 | api |'],
    ['percentages', '| 80% | disk |'],
    ['thousands', '| 10,000 | connections |'],
    [
      'sentences',
      '| Use 8080 unless 9090 is free, in which case you should ask the owner of the machine first, as the proxy may change it | api |',
    ],
  ])('%s', (_, row) => {
    expect(claims('PORTS.md', `# Ports\n\n| Port | Service |\n|---|---|\n${row}\n`)).toEqual([]);
  });
});

describe('sections and tables that assign nothing', () => {
  it.each([
    ['a firewall in French', '## Ports ouverts sur le pare-feu\n\n| Port | Source |\n|---|---|\n| 8000 | quais |'],
    ['firewall rules', '## Firewall Rules\n\n### Ingress (Allow)\n- 8000: HTTP\n- 443/tcp from anywhere'],
    ['checklists', '## Rollout\n\n- [ ] Gateway: 9000\n- [x] Mail: 9001'],
    ['history', '## Changelog\n\n- Gateway: 9000'],
    ['dated changes', '## Log\n\n| Date | Change | Port |\n|---|---|---|\n| 2026-01-01 | moved | 9000 |'],
    ['problems', '## Clashes\n\n**Problem:**\n- Gateway: 9000\n- 9001: Mail'],
    ['resolutions', '## Ports\n\n| Port | Services | Resolution |\n|---|---|---|\n| 8080 | api, web | moved |'],
    ['rejected plans', '## Alternatives\n\n- Gateway: 9000'],
    ['examples', '## Examples\n\n| Service | Port |\n|---|---|\n| api | 8080 |'],
    [
      'health checks',
      '## Health Check Endpoints\n\n| Pattern | Example |\n|---|---|\n| /health | http://api:8080/health |',
    ],
    ['offsets', '## Schema\n\n| Offset | Purpose | Example |\n|---|---|---|\n| +00 | API | 4100 |'],
    ['database numbers', '## Redis Database Allocation\n\n| DB | Service |\n|---|---|\n| 10 | mail |'],
    [
      'domains',
      '## Hosts\n\n| Domain | Service | Target | Port |\n|---|---|---|---|\n| a.example | Admin | api | 9000 |',
    ],
    ['attributes', '## api\n\n- Max connections: 5000\n- Timeout: 3000\n- Version: 2000\n- Date: 1999'],
    ['utilization', '## Summary\n\n- 3000-3999: 3 ports (7.5% utilized)\n- Total: 2400'],
    ['groups of ports', '## Rules\n\n- Frontend ports: 3000, 3002, 3004'],
    [
      'a switch',
      '## Pier\n\n| Port | Connected to | PoE |\n|---|---|---|\n| 1 | lantern | no |\n| 22 | camera | yes |',
    ],
    ['a patch panel', '## Cabin\n\n- Port 1: desk\n- Port 22: printer'],
    ['no ports at all', '## Workers (No Ports)\n\n- Indexer\n- Mailer'],
  ])('%s', (_, text) => {
    expect(claims('PORTS.md', `# Port Registry\n\n${text}\n`)).toEqual([]);
  });

  it('are the ports of switches, and not those that services have since long', () => {
    expect(claims('PORTS.md', '# Ports\n\n| Port | Service |\n|---|---|\n| 9 | wake |\n| 22 | ssh |\n')).toHaveLength(
      2,
    );
  });

  it('speak again under a heading that says so', () => {
    expect(
      claims('PORTS.md', '# Ports\n\n## Conflict Check\n\n- api: 8080\n\n### Reserved Ranges\n\n- 9004: Reserved\n'),
    ).toEqual(['reserved 9004']);
    expect(
      claims('PORTS.md', '# Ports\n\n## Port Registry & Conflicts\n\n### Quick Port Reference\n\n- `9000` - Gate\n'),
    ).toEqual(['assignment 9000']);
  });

  it('stay silent under a heading that explains a check of ports', () => {
    expect(claims('PORTS.md', '# Ports\n\n## Checking port usage\n\n- api: 8080\n')).toEqual([]);
  });

  it('do not silence a service of that name', () => {
    expect(claims('PORTS.md', '# Ports\n\n## Verification Service (Port 9100)\n\n- Port: 9100\n')).toEqual([
      'assignment 9100',
      'assignment 9100',
    ]);
  });
});

describe('documents', () => {
  const table = '\n\n| Service | Port |\n|---|---|\n| api | 8080 |\n';

  it.each([
    ['PORT_REGISTRY.md', '# Ports'],
    ['docs/PUERTOS.md', '# Lista'],
    ['docs/端口.md', '# 表'],
    ['docs/infrastructure.md', '# Port Allocation Map'],
    ['docs/ports.md', '# Ports\n\nThis file is the canonical list, ports.yaml its copy.'],
  ])('are registries by name or title: %s', (path, title) => {
    expect(registryMarkdown.read(title + table, path)?.document?.authority).toBe('registry');
  });

  it.each([
    ['README.md', '# Port map'],
    ['.claude/skills/deploy/SKILL.md', '# Ports'],
    ['docs/adr/0042-ports.md', '# Port registry'],
    ['docs/PORT_VERIFICATION.md', '# Port configuration checked'],
    ['docs/deployment.md', '# Deployment'],
    ['docs/ports.md', '# Ports\n\nThe canonical list is PORT_REGISTRY.md.'],
    ['docs/ports.md', '# Ports\n\nThis is not a registry.'],
  ])('are references when they only repeat: %s', (path, opening) => {
    expect(registryMarkdown.read(opening + table, path)?.document?.authority).toBe('reference');
  });

  it('tell why, in plain words', () => {
    const text = '# Port Registry\n\nThe single source of truth for all ports.' + table;
    expect(registryMarkdown.read(text, 'PORTS.md')?.document).toMatchObject({
      authority: 'registry',
      title: 'Port Registry',
      because: [
        'its name says that it lists ports',
        'its title is “Port Registry”',
        'it calls itself the source of truth for ports',
        '1 of its table cells assign ports',
      ],
    });
  });

  it.each([
    [
      'hexagonal architecture',
      'docs/PORTS.md',
      '# Ports and adapters\n\n| Port | Adapter |\n|---|---|\n| OrderRepository | Postgres |\n',
    ],
    ['serial ports', 'PORTS.md', '# Serial ports\n\n| Port | Device | Baud |\n|---|---|---|\n| COM3 | GPS | 9600 |\n'],
    [
      'sockets of a switch',
      'docs/ports.md',
      '# Switch ports\n\n| Port | Device | VLAN |\n|---|---|---|\n| 1 | printer | 10 |\n| 2 | camera | 20 |\n',
    ],
    ['ported software', 'PORTS.md', '# Ports\n\n- zlib 1.3: ported in 2024\n- curl: 8.5\n'],
    ['a tool for registries', 'README.md', '# port-registry\n\nRun `port-registry claim api 8080` to claim a port.\n'],
    [
      'a README',
      'README.md',
      '# Shop\n\nOpen http://localhost:3000. The port is 3000.\n\n- Node: 2000\n- Users: 5000\n',
    ],
    ['a README with numbers', 'README.md', '# Support\n\n| Version | Users |\n|---|---|\n| 8080 | 9000 |\n'],
  ])('of other kinds are none: %s', (_, path, text) => {
    expect(registryMarkdown.read(text, path)).toBeUndefined();
  });

  it('of no telling name are read by their strongest forms only', () => {
    reads(
      registryMarkdown,
      'README.md',
      `
      # Shop

      ## Services

      ### Cart (Port 7001)
                     ^^^^ assignment 7001 any Cart

      - Cart: 7002
      - 7003: Cart

      ### Ports

      - \`7004\` - Checkout
         ^^^^ assignment 7004 any Checkout

      | Service | Port |
      |---|---|
      | api | 7005 |
              ^^^^ assignment 7005 any api
    `,
    );
  });

  it('are told by their path: only markdown, and no changelogs', () => {
    expect(['a/PORTS.md', 'b.mdx', 'c.markdown'].every(registryMarkdown.wants)).toBe(true);
    expect(['ports.yaml', 'CHANGELOG.md', 'PORTS.md.bak', 'LICENSE.md'].some(registryMarkdown.wants)).toBe(false);
  });
});

describe('the notation of the file', () => {
  const rows = ['# Ports', '', '| Service | Port |', '|---|---|', '| api | 8080 |', ''];

  it.each([
    ['\\n', '\n'],
    ['\\r\\n', '\r\n'],
    ['\\r', '\r'],
  ])('may end lines in %s', (_, end) => {
    const text = rows.join(end);
    const { span } = registryMarkdown.read(text, 'PORTS.md')!.claims[0]!;
    expect(text.slice(span.start, span.end)).toBe('8080');
  });

  it.each([
    ['a byte order mark', '\uFEFF# Ports\n'],
    ['front matter', '---\ntitle: Ports\nport: 9999\n---\n\n# Ports\n'],
    ['imports and JSX', 'import Tabs from \'@theme/Tabs\';\n\n<Tabs groupId="ports">\n\n# Ports\n'],
    ['comments', '<!-- api: 9999 -->\n\n# Ports\n'],
    ['a heading with a line under it', 'Ports\n=====\n'],
  ])('may begin with %s', (_, opening) => {
    const text = `${opening}\n| Service | Port |\n|---|---|\n| api <!-- 1 --> | 8080 |\n`;
    const { claims } = registryMarkdown.read(text, 'PORTS.md')!;
    expect(claims.map(({ service, span }) => [service, text.slice(span.start, span.end)])).toEqual([['api', '8080']]);
  });

  it('may quote and indent', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      > | Service | Port |
      > |---|---|
      > | api | 8080 |
                ^^^^ assignment 8080 any api

      1. Web

         | Service | Port |
         |---|---|
         | web | 3000 |
                 ^^^^ assignment 3000 any web
    `,
    );
  });
});

describe('headings with an address', () => {
  it('name a machine', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports (10.0.0.1)

      ## pier-1 (10.0.0.11)

      - 8080: crane
        ^^^^ assignment 8080 any crane machine=pier-1

      ## Tide station – 10.0.0.12

      - 8080: tide gauge
        ^^^^ assignment 8080 any tide gauge machine=Tide station

      ## Proxy at 127.0.0.1

      - 8081: buoy
        ^^^^ assignment 8081 any buoy
      `,
    );
  });
});

describe('struck names in a list', () => {
  it('give the port to nobody', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - 9000: ~~crane~~ (gone since spring)
      - 9001: ~~crane~~ buoy
        ^^^^ assignment 9001 any buoy
      - 9002: lantern
        ^^^^ assignment 9002 any lantern
      `,
    );
  });
});

describe('names that begin with a word for a role', () => {
  it('are names', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Port | Service              |
      |------|----------------------|
      | 8090 | free-seats-api       |
        ^^^^ assignment 8090 any free-seats-api
      | 8091 | reserved_tables (v2) |
        ^^^^ assignment 8091 any reserved_tables (v2)
      | 8092 | free                 |
        ^^^^ free 8092 any -
      `,
    );
  });
});
