import { describe, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('columns of a registry', () => {
  it('stand for environments by their headers alone', () => {
    reads(
      registryMarkdown,
      'PORTAS.md',
      `
      # Portas

      | Serviço | Dev | Homologação | Produção (VPS) |
      |---|---|---|---|
      | cais | 3001 | 13001 | 23001 |
               ^^^^ assignment 3001 any cais environment=Dev
                      ^^^^^ assignment 13001 any cais environment=Homologação
                              ^^^^^ assignment 23001 any cais environment=Produção (VPS)
      | farol | 3002 | 13002 | — |
                ^^^^ assignment 3002 any farol environment=Dev
                       ^^^^^ assignment 13002 any farol environment=Homologação
    `,
    );
  });

  it('stand for environments beside the port inside', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port map

      | Service | dev | stg | prod | container |
      |---|---|---|---|---|
      | quay | 3000 | 13000 | 443 (via beacon) | 3000 |
               ^^^^ assignment 3000 host quay environment=dev
                      ^^^^^ assignment 13000 host quay environment=stg
                              ^^^ assignment 443 host quay environment=prod excused
                                                 ^^^^ assignment 3000 container quay
      | crane | 8081 | 18081 | – | 8080 |
                ^^^^ assignment 8081 host crane environment=dev
                       ^^^^^ assignment 18081 host crane environment=stg
                                   ^^^^ assignment 8080 container crane
    `,
    );
  });

  it('of a part hold the port inside where services share it', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Service | Docker (host) | In container | gRPC |
      |---|---|---|---|
      | quay | 5201 | 8080 | 8081 |
               ^^^^ assignment 5201 host quay
                      ^^^^ assignment 8080 container quay
      | crane | 5202 | 8080 | 8081 |
                ^^^^ assignment 5202 host crane
                       ^^^^ assignment 8080 container crane
      | buoy | 5203 | 8080 | – |
               ^^^^ assignment 5203 host buoy
                      ^^^^ assignment 8080 container buoy
    `,
    );
  });

  it('name tenants and bots', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port matrix

      | Tenant | API | Worker metrics |
      |---|---|---|
      | north | 18001 | 18101 |
                ^^^^^ assignment 18001 any north API
                        ^^^^^ assignment 18101 any north Worker metrics

      | # | Bot | Dev | Metrics |
      |---|---|---|---|
      | 1 | gull | 7101 | 9101 |
                   ^^^^ assignment 7101 any gull environment=Dev
                          ^^^^ assignment 9101 any gull Metrics
    `,
    );
  });

  it('name the machine on which a service runs', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Host | Service | Port |
      |---|---|---|
      | pier1 | Crane | 8080 |
                        ^^^^ assignment 8080 any Crane machine=pier1
      | pier2 | Tide Gauge | 8080 |
                             ^^^^ assignment 8080 any Tide Gauge machine=pier2

      | Server | App | Port |
      |---|---|---|
      | pier3 | Quay | 8080 |
                       ^^^^ assignment 8080 any Quay machine=pier3

      | Service | IP | Ports |
      |---|---|---|
      | Buoy | 10.1.0.53 | 53 |
                           ^^ assignment 53 any Buoy machine=10.1.0.53
    `,
    );
  });

  it('name the service where nothing else does', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Server | Port |
      |---|---|
      | crane | 8080 |
                ^^^^ assignment 8080 any crane
    `,
    );
  });

  it('hold one port for all services only inside their containers', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | Service | Port | Service port |
      |---|---|---|
      | crane | 9001 | 80 |
                ^^^^ assignment 9001 host crane
                       ^^ assignment 80 container crane
      | quay | 9002 | 80 |
               ^^^^ assignment 9002 host quay
                      ^^ assignment 80 container quay
      | buoy | 9003 | 80 |
               ^^^^ assignment 9003 host buoy
                      ^^ assignment 80 container buoy

      | Service | Container port | Service port | NodePort (lab) |
      |---|---|---|---|
      | ledger | 8080 | 80 | 30080 |
                 ^^^^ assignment 8080 container ledger
                             ^^^^^ assignment 30080 host ledger
      | roster | 8081 | 80 | 30081 |
                 ^^^^ assignment 8081 container roster
                             ^^^^^ assignment 30081 host roster
      | pilot | 8082 | 80 | - |
                ^^^^ assignment 8082 container pilot internal
    `,
    );
  });

  it('hold mappings, whatever they are called', () => {
    reads(
      registryMarkdown,
      'porte.md',
      `
      # Porte utilizzate

      | # | Servizio | Host→Container | Nota |
      |---|---|---|---|
      | 1 | quay | 3000→80 | |
                   ^^^^ assignment 3000 host quay
                        ^^ assignment 80 container quay
      | 2 | crane | — | senza porte |
      | 3 | buoy | 8025:1025, 8026:1026 | |
                   ^^^^ assignment 8025 host buoy
                        ^^^^ assignment 1025 container buoy
                              ^^^^ assignment 8026 host buoy
                                   ^^^^ assignment 1026 container buoy
    `,
    );
  });

  it('tell the ports of the databases beside those of the services', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      | App | Web | API | DB |
      |---|---|---|---|
      | quay | 6000 | 6001 | 6002 |
               ^^^^ assignment 6000 any quay Web
                      ^^^^ assignment 6001 any quay API
                             ^^^^ assignment 6002 any quay DB

      | Service | Host port | Database |
      |---|---|---|
      | crane | 6010 | 6012 |
                ^^^^ assignment 6010 host crane
                       ^^^^ assignment 6012 any crane Database

      | Service | Port | DB |
      |---|---|---|
      | buoy | 6379 | 3 |
               ^^^^ assignment 6379 any buoy
    `,
    );
  });

  it('of a firewall assign nothing', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Required ports

      | Port | Source | Destination | Purpose |
      |---|---|---|---|
      | 6443 | agents | servers | API |
      | 443 | clients | load balancer | ingress |

      | Port | Service |
      |---|---|
      | 6443 | pilot |
        ^^^^ assignment 6443 any pilot
    `,
    );
  });

  it('of stages stand beside the one for the inside, and a port that all share is nobody’s', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Service | Local Dev | Staging | Production | Inside container | Owner |
      |---|---|---|---|---|---|
      | quay | 4110 | 14110 | 443 (via LB) | 8000 | Ann |
               ^^^^ assignment 4110 host quay environment=Local Dev
                      ^^^^^ assignment 14110 host quay environment=Staging
                                             ^^^^ assignment 8000 container quay
      | crane | 4120 | 14120 | 443 (via LB) | 8000 | Bo |
                ^^^^ assignment 4120 host crane environment=Local Dev
                       ^^^^^ assignment 14120 host crane environment=Staging
                                              ^^^^ assignment 8000 container crane
      | buoy | 4130 | — | — | 8000 | Bo |
               ^^^^ assignment 4130 host buoy environment=Local Dev
                              ^^^^ assignment 8000 container buoy
      | tide | 4140 | 14140 | 443 (via LB) | 8000 | Ann |
               ^^^^ assignment 4140 host tide environment=Local Dev
                      ^^^^^ assignment 14140 host tide environment=Staging
                                             ^^^^ assignment 8000 container tide
    `,
    );
  });
});
