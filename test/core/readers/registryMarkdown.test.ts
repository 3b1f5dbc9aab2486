import { describe, expect, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('tables', () => {
  it('reads ports and services in any order of columns, without markup', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port Registry

      | # | Notes | **Port** | Service |
      |--:|:------|:--------:|---------|
      | 1 | R25-R29: nightly since 2026-02-12 | 9008 | Heron Scheduler |
                                                ^^^^ assignment 9008 any Heron Scheduler
      | 2 | 40 tools, v1.20 | **9009** | [Otter](https://otter.example/9) \`mail\` |
                                ^^^^ assignment 9009 any Otter mail
      | 3 | gone | ~~9010~~ | ~~Puffin~~ |
      | 4 | | N/A | Walrus |
      | 5 | | TBD | Seal |
    `,
    );
  });

  it('tells host ports from container ports by their headers', () => {
    reads(
      registryMarkdown,
      'docs/ports.md',
      `
      # Port map

      | Service | Host Port | Container Port | Protocol |
      |---|---|---|---|
      | lagoon-api | 18080 | 8080 | TCP |
                     ^^^^^ assignment 18080/tcp host lagoon-api
                             ^^^^ assignment 8080/tcp container lagoon-api
      | lagoon-dns | 1053 | 53 | tcp/udp |
                     ^^^^ assignment 1053 host lagoon-dns
                            ^^ assignment 53 container lagoon-dns
      | lagoon-db | — | 5432 | TCP |
                        ^^^^ assignment 5432/tcp container lagoon-db internal
    `,
    );
  });

  it('takes a plain port beside a container port for the host side', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Environment | Service | Port | Internal Port |
      |---|---|---|---|
      | Dev | Frontend | **1120** | 80 |
                           ^^^^ assignment 1120 host Frontend environment=Dev
                                    ^^ assignment 80 container Frontend environment=Dev
      | Prod | Frontend | **80/443** | 80 |
                            ^^ assignment 80 host Frontend environment=Prod
                               ^^^ assignment 443 host Frontend environment=Prod
                                       ^^ assignment 80 container Frontend environment=Prod
    `,
    );
  });

  it('reads the side from arrows, URLs and headings', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Port | Service | Where |
      |---|---|---|
      | 3110→3010 | kiosk | |
        ^^^^ assignment 3110 host kiosk
             ^^^^ assignment 3010 container kiosk
      | 16000–16049→10000–10049/udp | pbx | |
        ^^^^^^^^^^^ assignment 16000-16049/udp host pbx
                    ^^^^^^^^^^^ assignment 10000-10049/udp container pbx
      | **80**→443 | entry | |
          ^^ assignment 80 any entry
      | 8080 | pond | \`http://localhost:8080/admin\` |
        ^^^^ assignment 8080 host pond
      | 8081 | reef | \`http://reef_api:8081\` |
        ^^^^ assignment 8081 container reef container=reef_api

      ## Production Ports (External)

      | Service | Port |
      |---|---|
      | HTTPS | 443 |
                ^^^ assignment 443 host HTTPS environment=Production
    `,
    );
  });

  it('reads lists, names and addresses in one cell', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Service | Port |
      |---|---|
      | broker | 5672, 15672 |
                 ^^^^ assignment 5672 any broker
                       ^^^^^ assignment 15672 any broker
      | mail | 1025<br>8025 |
               ^^^^ assignment 1025 any mail
                       ^^^^ assignment 8025 any mail
      | game | 25565 (TCP/UDP) |
               ^^^^^ assignment 25565 any game
      | stun | 3478/UDP |
               ^^^^ assignment 3478/udp any stun
      | workers | 5434+ |
                  ^^^^ assignment 5434 any workers
      | loop | \`127.0.0.1:9021–9024\` |
                          ^^^^^^^^^ assignment 9021-9024 any loop address=127.0.0.1
    `,
    );
  });

  it('reads containers and their ports from one cell', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port registry

      | Agent | Container Frontend | Container Backend | Status |
      |---|---|---|---|
      | seal-agent | seal-frontend:3002 | seal-backend:8001 | active |
                                   ^^^^ assignment 3002 container seal-agent container=seal-frontend
                                                       ^^^^ assignment 8001 container seal-agent container=seal-backend
      | orca-agent | (landing:80)¹ | orca-backend:8002 | reserved |
                              ^^ reserved 80 container orca-agent container=landing
                                                  ^^^^ reserved 8002 container orca-agent container=orca-backend
      | (next) | <name>-frontend:3008 | <name>-backend:8005 | free |
    `,
    );
  });

  it('names the owners that a cell of names and ports lists', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Repo | Declared container ports |
      |---|---|
      | \`tern\` | tern-api \`4000\`; tern-web \`3000\` |
                           ^^^^ assignment 4000 container tern-api
                                            ^^^^ assignment 3000 container tern-web
      | \`gull\` | **none declared** |
    `,
    );
  });

  it('keeps the scope that columns and statuses tell', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Port | Service | Project | Container | Status | Compose File | Bind |
      |---|---|---|---|---|---|---|
      | 3006 | Kite | birds | \`kite-web\` | Local dev | \`docker-compose.yml\` | 127.0.0.1 |
        ^^^^ assignment 3006 any Kite container=kite-web environment=Local dev project=birds path=docker-compose.yml address=127.0.0.1
      | 3007 | Crow | birds | crow-web | Demo Server | deploy/ | |
        ^^^^ assignment 3007 any Crow container=crow-web environment=Demo Server project=birds
      | 3008 | Rook | birds | rook-web | 🔧 In development | a.yml and b.yml | |
        ^^^^ assignment 3008 any Rook container=rook-web project=birds
    `,
    );
  });

  it('reads rows without a header below the footer like the last table of their width', () => {
    reads(
      registryMarkdown,
      'PORT_REGISTRY.md',
      `
      # Port Registry

      ## Services

      | Port | Service | Status |
      |------|---------|--------|
      | 8090 | tide backend | Assigned |
        ^^^^ assignment 8090 any tide backend

      ---

      *Last updated: 2026-05-05*

      | **8091** | wave backend | Assigned |
          ^^^^ assignment 8091 any wave backend
      | 8092 | foam backend | Reserved |
        ^^^^ reserved 8092 any foam backend
    `,
    );
  });

  it('reads a matrix of projects and their parts', () => {
    reads(
      registryMarkdown,
      'PORT_REGISTRY.md',
      `
      # Port Registry

      | Project | Range | Web | API | Reserved |
      |---|---|---|---|---|
      | stork | 8100-8109 | 8100 | 8101 | 8102-8109 |
                ^^^^^^^^^ range 8100-8109 any stork
                            ^^^^ assignment 8100 any stork Web
                                   ^^^^ assignment 8101 any stork API
                                          ^^^^^^^^^ reserved 8102-8109 any stork
      | *(future)* | 8150-8199 | - | - | - |
                     ^^^^^^^^^ reserved 8150-8199 any -
    `,
    );
  });

  it('gives ranges to groups and single ports in range columns to services', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port allocation

      | Range | Layer | Services |
      |-------|-------|----------|
      | 4100-4299 | Soil | Worm, Mole |
        ^^^^^^^^^ range 4100-4299 any Soil
      | 8080 | Core API | |
        ^^^^ assignment 8080 any Core API
      | 1883, 4222 | Messaging | MQTT, NATS |
        ^^^^ range 1883 any Messaging
              ^^^^ range 4222 any Messaging
      | 6000-6999 | Reserved | Future expansion |
        ^^^^^^^^^ reserved 6000-6999 any -
    `,
    );
  });

  it('tells reserved, free and former ports from assigned ones', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Port | Service | Status |
      |---|---|---|
      | 9004 | *(reserved)* | — |
        ^^^^ reserved 9004 any -
      | 9005 | - | available |
        ^^^^ free 9005 any -
      | 9006 | Heron | Available |
        ^^^^ assignment 9006 any Heron
      | 9007 | Egret | Planned |
        ^^^^ assignment 9007 any Egret
      | 9008 | Ibis | reserved |
        ^^^^ reserved 9008 any Ibis
      | 9017-9099 | Future services | |
        ^^^^^^^^^ reserved 9017-9099 any -

      ## Moved

      | Old Service | Old Port | New Service | New Port |
      |---|---|---|---|
      | tide-v1 | 8115 | tide | 3000 |
                  ^^^^ former 8115 any tide-v1
    `,
    );
  });

  it('knows rows that only point elsewhere, or whose clash is tolerated', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Port | Service | Kind | Notes |
      |---|---|---|---|
      | 8006 | Mail (doc) | reference | Documentation only |
        ^^^^ assignment 8006 any Mail (doc) excused
      | 9001 | Auth | api | see 8002 |
        ^^^^ assignment 9001 any Auth excused
      | 80 | caddy | proxy | conflicts with traefik, run only one |
        ^^ assignment 80 any caddy excused clashes
      | 5432 | postgres | db | not exposed |
        ^^^^ assignment 5432 any postgres internal
    `,
    );
  });

  it('takes the environment that a port column names', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port registry

      | Service | Port (Docker) | Port (Local) |
      |---|---|---|
      | PostgreSQL | 5433 | 5432 |
                     ^^^^ assignment 5433 any PostgreSQL environment=Docker
                            ^^^^ assignment 5432 any PostgreSQL environment=Local
      | Adminer | 8082 | - |
                  ^^^^ assignment 8082 any Adminer environment=Docker
    `,
    );
  });

  it('gives the exact place of the name, the headings above and the note', () => {
    const text =
      '# Ports\n\n## 2. Core\n\n| Port | Service | Notes |\n|--|--|--|\n| 9000 | **Gate** | Single entry |\n';
    const claim = registryMarkdown.read(text, 'PORTS.md')!.claims[0]!;
    expect(text.slice(claim.serviceSpan!.start, claim.serviceSpan!.end)).toBe('Gate');
    expect(claim.section).toEqual(['Ports', 'Core']);
    expect(claim.note).toBe('Single entry');
  });
});
