import { describe, test } from 'vitest';
import { registryYaml } from '../../../server/src/core/readers/registryYaml.ts';
import { reads } from '../../support/fixture.ts';

describe('the sides of ports in YAML and JSON registries', () => {
  test('a key tells where the process listens, and the others are the host’s', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      allocations:
        - number: 9200
                  ^^^^ assignment 9200 host quay-viewer
          owner: quay-viewer
          maps_to: 8888
                   ^^^^ assignment 8888 container quay-viewer
        - number: 9201
                  ^^^^ assignment 9201 any quay-api
          owner: quay-api
      stores:
        rabbit: {prod: 7472, listens_on: 5672, ui: 7473}
                       ^^^^ assignment 7472 host rabbit environment=prod
                                         ^^^^ assignment 5672 container rabbit
                                                   ^^^^ assignment 7473 any rabbit ui
    `,
    );
  });

  test('a key over several ports tells the side of all of them', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      apps:
        crane:
          host_ports: {prod: 7401, dev: 7402}
                             ^^^^ assignment 7401 host crane environment=prod
                                        ^^^^ assignment 7402 host crane environment=dev
          listens_on: 8080
                      ^^^^ assignment 8080 container crane
    `,
    );
  });

  test('beside both sides of a service, another number is none of a service', () => {
    reads(
      registryYaml,
      'ports.json',
      `
      { "services": {
        "camera": { "host": 25015, "container": 1935, "speed": 2500 },
                            ^^^^^ assignment 25015 host camera
                                                ^^^^ assignment 1935 container camera
        "gauge": { "host": 25016, "bitrateKbps": 2500 }
                           ^^^^^ assignment 25016 host gauge
      } }
    `,
    );
  });

  test('bounds that are equal are one port', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      reserved:
        - {from: 25900, to: 25949, for: guests}
                 ^^^^^ reserved 25900-25949 any -
        - {from: 25999, to: 25999, for: never}
                 ^^^^^ reserved 25999 any -
    `,
    );
  });
});
