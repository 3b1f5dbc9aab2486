import { describe, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('tables with several ports in a row', () => {
  it('begin with what has the ports, and be it without a title', () => {
    reads(
      registryMarkdown,
      'docs/ports.md',
      `
      # Ports: who listens where

      | | dev server | storybook |
      |---|---|---|
      | apps/quay | 6100 | 6102 |
                    ^^^^ assignment 6100 any apps/quay environment=dev server
                           ^^^^ assignment 6102 any apps/quay storybook
      | apps/pier | 6110 | – |
                    ^^^^ assignment 6110 any apps/pier environment=dev server

      | Package | HTTP | gRPC | notes |
      |---|---|---|---|
      | services/crane | 6200 | 6201 | Go |
                         ^^^^ assignment 6200 any services/crane HTTP
                                ^^^^ assignment 6201 any services/crane gRPC
    `,
    );
  });

  it('are about services before packages', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Port | App / Service | Package |
      |---|---|---|
      | 4002 | Crane | services/cranes |
        ^^^^ assignment 4002 any Crane
    `,
    );
  });

  it('have columns for parts beside the one for the port, and none for what is measured', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Service | Port | Metrics | HTTP timeout | launchSettings https |
      |---|---|---|---|---|
      | quay | 6200 | 6209 | 3000 | 7200 |
               ^^^^ assignment 6200 any quay
                      ^^^^ assignment 6209 any quay Metrics
                                    ^^^^ assignment 7200 any quay launchSettings https
    `,
    );
  });

  it('say further ports in a column of their own', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | App | UI | Other |
      |---|---|---|
      | quay | 8091 | 6881 tcp/udp |
               ^^^^ assignment 8091 any quay UI
                      ^^^^ assignment 6881 any quay
      | crane | 8180 | 80, 443 |
                ^^^^ assignment 8180 any crane UI
                       ^^ assignment 80 any crane
                           ^^^ assignment 443 any crane
      | winch |  | 51820 udp |
                   ^^^^^ assignment 51820/udp any winch
    `,
    );
  });

  it('name what others reach, and the ports behind it', () => {
    reads(
      registryMarkdown,
      'docs/node-ports.md',
      `
      # NodePort assignments

      | NodePort | Service | Service port | Pod port |
      |---:|---|---:|---:|
      | 31010 | quay | 80 | 8080 |
        ^^^^^ assignment 31010 host quay
                       ^^ assignment 80 container quay
                            ^^^^ assignment 8080 container quay
      | 31020 | crane | 8000 | 8000 |
        ^^^^^ assignment 31020 host crane
                        ^^^^ assignment 8000 container crane
                               ^^^^ assignment 8000 container crane
    `,
    );
  });
});
