import { describe, expect, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('headings', () => {
  it('assign one port to the name, without its numbering', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      ### 4. Night Heron Service (Port 9007)
                                       ^^^^ assignment 9007 any Night Heron Service
      ### API Server (54000)
                      ^^^^^ assignment 54000 any API Server
      ### Cache — 6380
                  ^^^^ assignment 6380 any Cache
      ### Queue: 5672
                 ^^^^ assignment 5672 any Queue
      ### 8090 - Front Desk
          ^^^^ assignment 8090 any Front Desk
      ### 5173 port
    `,
    );
  });

  it('give ranges to groups', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      ## Ports 9000-9099 (Microservices)
               ^^^^^^^^^ range 9000-9099 any Microservices
      #### Janitor (Identity) — 4100-4199
                                ^^^^^^^^^ range 4100-4199 any Janitor (Identity)
      #### **3000-3999: Frontend & Dashboards**
             ^^^^^^^^^ range 3000-3999 any Frontend & Dashboards
      #### Databases (Ports 5433-5439, 6380-6383)
                            ^^^^^^^^^ range 5433-5439 any Databases
                                       ^^^^^^^^^ range 6380-6383 any Databases
      ### Layer 8: Reserved — 6000-6999
                              ^^^^^^^^^ reserved 6000-6999 any Layer 8: Reserved
    `,
    );
  });

  it('state no port in other roles of a number', () => {
    expect(
      registryMarkdown.read(
        '# Ports\n## Group 3 (Ports 9013 & Auth)\n## Conflict H3: Port 9000 - Gate\n## Server (10.0.0.7:2022)\n## Phase 2 ports\n## Services (29)\n## Roadmap (2026)\n',
        'PORTS.md',
      ),
    ).toBeUndefined();
  });
});

describe('lists', () => {
  it('begin with the port, or with the name', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      - 9000 - API Gateway
        ^^^^ assignment 9000 any API Gateway
      - \`9002\` - Document Store (new)
         ^^^^ assignment 9002 any Document Store (new)
      - **8001**: Kingfisher / Alias
          ^^^^ assignment 8001 any Kingfisher / Alias
      - Port 3333: Tern
             ^^^^ assignment 3333 any Tern
      - 5100-5199: Workflow engines
        ^^^^^^^^^ range 5100-5199 any Workflow engines
      * ✅ Redis: 6379
                 ^^^^ assignment 6379 any Redis
      * RabbitMQ: 5672/15672
                  ^^^^ assignment 5672 any RabbitMQ
                       ^^^^^ assignment 15672 any RabbitMQ
      * Vite: 25174 (dev only)
              ^^^^^ assignment 25174 any Vite
      * Web UI: 15672 (http://localhost:15672)
                ^^^^^ assignment 15672 host Web UI
    `,
    );
  });

  it('stand in the environment of their heading', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Services and Ports Registry

      ### Development
      - API: 54000
             ^^^^^ assignment 54000 any API environment=Development
      - Cache: TBD

      ### Staging (Future)
      - API: 55000
             ^^^^^ assignment 55000 any API environment=Staging

      ### Internal Tools
      - Wiki: 8090
              ^^^^ assignment 8090 any Wiki
    `,
    );
  });

  it('define properties of the service of their heading', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Portas

      ## Pagamentos

      - **Porta**: 5433
                   ^^^^ assignment 5433 any Pagamentos
      - **Host port**: 15433
                       ^^^^^ assignment 15433 host Pagamentos
      - Connections: 1000
      - Timeout: 3000 ms
    `,
    );
  });

  it('are told to be forbidden, reserved or free by label, heading or item', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port allocation

      **Reserved Ranges (NEVER USE):**
      - \`5000-5049\`: Flask default
         ^^^^^^^^^ forbidden 5000-5049 any Flask default

      1. **Avoid Standard Ports:**
         - Web: 80, 443, 8443
                ^^ forbidden 80 any Web
                    ^^^ forbidden 443 any Web
                         ^^^^ forbidden 8443 any Web
         - Databases: 5432 (Postgres), 3306 (MySQL)
                      ^^^^ forbidden 5432 any Postgres
                                       ^^^^ forbidden 3306 any MySQL
      2. **Rules**
         - Reserved: 9004, 9012
                     ^^^^ reserved 9004 any -
                           ^^^^ reserved 9012 any -

      ### Never use
      - 6000-6063
        ^^^^^^^^^ forbidden 6000-6063 any -
      - 6665–6669 (IRC), 5060
        ^^^^^^^^^ forbidden 6665-6669 any IRC
                         ^^^^ forbidden 5060 any -
      - 6566 by hand

      ### RESERVED PORTS (In Use)
      - 3100: Lighthouse
        ^^^^ assignment 3100 any Lighthouse

      ### Reserved Ranges
      - **9004**: Reserved for a future core service
          ^^^^ reserved 9004 any -
      - 9017-9099: Available for expansion
        ^^^^^^^^^ free 9017-9099 any -
      - 3000-3999: Web UIs
        ^^^^^^^^^ range 3000-3999 any Web UIs
    `,
    );
  });

  it('tell moves: the ports that services have left', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      | Port | Service |
      |---|---|
      | 4600 | avocet |
        ^^^^ assignment 4600 any avocet

      **Migration Note**: AVOCET currently uses 4900/3060. Migrate to 4600/4601.
                                                ^^^^ former 4900 any AVOCET
                                                     ^^^^ former 3060 any AVOCET

      ## Migration Guide

      #### Egret Service: 9006 → 9007
                          ^^^^ former 9006 any Egret Service

      3. **Avocet** (4900 → 4600)
                     ^^^^ former 4900 any Avocet
      4. Crane: moved from 8001 to 8002
                           ^^^^ former 8001 any Crane
    `,
    );
  });

  it('tell what a known clash has come to, and nothing else of it', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      ## Port Conflicts

      1. **Gauge vs Console (3000)**
         - Development: Gauge uses 3000, Console uses 3001
                                   ^^^^ assignment 3000 any Gauge environment=Development
                                                      ^^^^ assignment 3001 any Console environment=Development
         - Production: Both behind a proxy on 443
         - Gauge: 3000
    `,
    );
  });
});

describe('plain lines and fences', () => {
  it('are read when they are a map', () => {
    reads(
      registryMarkdown,
      'PORTAS.md',
      `
      Portas dos serviços (HTTP)
      Auth Service: 5051
                    ^^^^ assignment 5051 any Auth Service
      Stock Service: 5126
                     ^^^^ assignment 5126 any Stock Service
      Gateway: 5219
               ^^^^ assignment 5219 any Gateway
    `,
    );
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      \`\`\`
      9000 - API Gateway (entry)
      ^^^^ assignment 9000 any API Gateway (entry)
      9002 - Documents
      ^^^^ assignment 9002 any Documents
      Postgres: 5433-5439
                ^^^^^^^^^ range 5433-5439 any Postgres
      \`\`\`
    `,
    );
  });

  it('are not read as prose, code or addresses', () => {
    const prose =
      '# Ports\n\nThe gateway listens on port 9000.\nSo the mail server had 2525: it moved.\nAll is well.\n';
    const code =
      '# Ports\n\n```bash\ncurl http://localhost:9000\nlsof -i :9001\n```\n\n```yaml\napi: 8000\nweb: 8001\n```\n';
    const drawing =
      '# Ports\n\n```\nInternet → gateway:8080\n  ├─ api (127.0.0.1:3000)\n  └─ web (127.0.0.1:3001)\n```\n';
    for (const text of [prose, code, drawing]) expect(registryMarkdown.read(text, 'PORTS.md')).toBeUndefined();
  });
});

describe('blocks in the form of /etc/services', () => {
  it('assign, indented as well', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      Harbour ports
      =============

          pilot     2555/tcp   the old pier
                    ^^^^ assignment 2555/tcp any pilot
          tide-bell 7777/udp 1500/udp
                    ^^^^ assignment 7777/udp any tide-bell
                             ^^^^ assignment 1500/udp any tide-bell
          fog       2456-2458/udp
                    ^^^^^^^^^ range 2456-2458/udp any fog
    `,
    );
  });

  it('but no list of processes', () => {
    const text = '# Ports\n\n    COMMAND  PID\n    node     12345\n    nginx    12346\n';
    expect(registryMarkdown.read(text, 'PORTS.md')).toBeUndefined();
  });
});
