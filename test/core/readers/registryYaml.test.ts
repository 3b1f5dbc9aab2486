import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { registryYaml } from '../../../server/src/core/readers/registryYaml.ts';
import { describeFact, reads } from '../../support/fixture.ts';

describe('the shapes of YAML and JSON registries', () => {
  test('reads names over numbers, at the top and under a group', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      # Ports of the harbour. Single source of truth.
      version: 3
      pilot: 4100
             ^^^^ assignment 4100 any pilot
      ports:
        lantern: 4200   # 4299 was tried before
                 ^^^^ assignment 4200 any lantern
        ferry-gate: "4201"
                     ^^^^ assignment 4201 any ferry-gate
      storage:
        postgres: 5432
                  ^^^^ assignment 5432 any postgres
        anchor-db: 5433
                   ^^^^ assignment 5433 any anchor-db
      empty: null
    `,
    );
  });

  test('names the items of a list that only have ports by their id', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      services:
        - id: tide-api
          http: 5001
                ^^^^ assignment 5001 any tide-api http
          grpc: 6001
                ^^^^ assignment 6001 any tide-api grpc
        - id: crane-api
          port: 5002
                ^^^^ assignment 5002 any crane-api
    `,
    );
  });

  test('reads the port of a service, with what its other fields tell', () => {
    reads(
      registryYaml,
      'config/ports.yaml',
      `
      services:
        harbor-api:
          port: 8300
                ^^^^ assignment 8300/tcp any harbor-api container=harbor_api_1
          protocol: tcp
          container_name: harbor_api_1
          description: answers captains
        tide-feed:
          port: 8301
                ^^^^ assignment 8301/udp any tide-feed address=127.0.0.1 internal
          transport: UDP
          bind: 127.0.0.1
          exposed: false
        crane:
          port: 8302
                ^^^^ assignment 8302 any crane environment=staging machine=rack-7
          server: rack-7
          environment: staging
        buoy:
          port:
        mast: {}
    `,
    );
  });

  test('reads several ports of one service by their roles', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      kraken:
        http_port: 8400
                   ^^^^ assignment 8400 any kraken http
        grpcPort: 8401
                  ^^^^ assignment 8401 any kraken grpc
        db_port: 5501
                 ^^^^ assignment 5501 any kraken db
        metrics-port: 9400
                      ^^^^ assignment 9400 any kraken metrics
      squid:
        port: 8410
              ^^^^ assignment 8410 any squid
        redis: 6390
               ^^^^ assignment 6390 any squid redis
        neo4j_bolt: 7690
                    ^^^^ assignment 7690 any squid neo4j bolt
        shards: 4000
      lighthouse:
        container: lighthouse-1
        ports:
          http: 80
                ^^ assignment 80 any lighthouse http container=lighthouse-1
          https: 443
                 ^^^ assignment 443 any lighthouse https container=lighthouse-1
      lagoon:
        ports: []
      beacon:
        client: 4222
                ^^^^ assignment 4222 any beacon client
        monitoring: 8222
                    ^^^^ assignment 8222 any beacon monitoring
    `,
    );
  });

  test('tells the sides apart, and lets siblings decide over a plain port', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      a: {internal_port: 80, external_port: 8500}
                         ^^ assignment 80 container a
                                            ^^^^ assignment 8500 host a
      b: {host_port: 8501, container_port: 8000, base_port: 8500}
                     ^^^^ assignment 8501 host b
                                           ^^^^ assignment 8000 container b
      c: {port: 8502, internal_port: 3000}
                ^^^^ assignment 8502 host c
                                     ^^^^ assignment 3000 container c
      d: {host: 8503, container: 80}
                ^^^^ assignment 8503 host d
                                 ^^ assignment 80 container d
      e:
        port: 5432
              ^^^^ assignment 5432 container e
        mapping: "5533:5432"
                  ^^^^ assignment 5533 host e
                       ^^^^ assignment 5432 container e
      f: {prod_host_port: 8504}
                          ^^^^ assignment 8504 host f environment=prod
    `,
    );
  });

  test('reads mapping strings', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      services:
        api:
          api_mapping: "8600:8000"
                        ^^^^ assignment 8600 host api
                             ^^^^ assignment 8000 container api
        dns:
          ports: ["127.0.0.1:5353:53/udp", 8601, "\${DNS_UI:-8602}:80"]
                             ^^^^ assignment 5353/udp host dns address=127.0.0.1
                                  ^^ assignment 53/udp container dns
                                           ^^^^ assignment 8601 any dns
                                                            ^^^^ assignment 8602 host dns
                                                                  ^^ assignment 80 container dns
        web: "8603:80"
              ^^^^ assignment 8603 host web
                   ^^ assignment 80 container web
        relay: 3110→3010
               ^^^^ assignment 3110 host relay
                    ^^^^ assignment 3010 container relay
    `,
    );
  });

  test('reads lists of maps', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      services:
        - name: sail
          stack: rigging
          port: 8700
                ^^^^ assignment 8700 any sail
        - name: oars
          ports:
            - name: http
              port: 8701
                    ^^^^ assignment 8701 any oars http
            - name: metrics
              hostPort: 8702
                        ^^^^ assignment 8702 host oars metrics
              containerPort: 9100
                             ^^^^ assignment 9100 container oars metrics
      ports:
        - port: 8703
                ^^^^ assignment 8703/udp any rudder
          service: rudder
          protocol: udp
    `,
    );
  });

  test('reads a list at the top', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      - port: 8800
              ^^^^ assignment 8800 any chart room
        purpose: chart room
        owner: navigation
      - service: galley
        port: "22, 2224"
               ^^ assignment 22 any galley
                   ^^^^ assignment 2224 any galley
    `,
    );
  });

  test('reads JSON keyed by the port', () => {
    reads(
      registryYaml,
      'port-registry.json',
      `
      {
        "ports": {
          "8900": { "service_name": "helm", "container": "helm-1", "internal_port": 80 },
           ^^^^ assignment 8900 host helm container=helm-1
                                                                                    ^^ assignment 80 container helm container=helm-1
          "8901": "deck",
           ^^^^ assignment 8901 any deck
          "8910-8919": "cabins"
           ^^^^^^^^^ range 8910-8919 any cabins
        },
        "env_vars": { "8900": "HELM_PORT" },
        "types": { "8901": "env-only" }
      }
    `,
    );
  });

  test('scopes ports to environments, wherever those are named', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      environments:
        production:
          reef:
            api_port: 9000
                      ^^^^ assignment 9000 any reef api environment=production
        test:
          web_port: 9001
                    ^^^^ assignment 9001 any web environment=test
        load-test:
          atoll: 9002
                 ^^^^ assignment 9002 any atoll environment=load-test
      services:
        coral:
          prod: 9003
                ^^^^ assignment 9003 any coral environment=prod
          staging: 9004
                   ^^^^ assignment 9004 any coral environment=staging
          dev: {port: 9005}
                      ^^^^ assignment 9005 any coral environment=dev
        shell:
          dev_port: 9006
                    ^^^^ assignment 9006 any shell environment=dev
    `,
    );
  });

  test('scopes ports to projects and machines', () => {
    reads(
      registryYaml,
      'ports.json',
      `
      {
        "projects": {
          "regatta": { "frontend": 9100, "backend": { "port": 9101 } },
                                   ^^^^ assignment 9100 any frontend project=regatta
                                                              ^^^^ assignment 9101 any backend project=regatta
          "solo": { "port": 9102 }
                            ^^^^ assignment 9102 any solo
        },
        "servers": { "dock-a": { "web": { "port": 9103 } } },
                                                  ^^^^ assignment 9103 any web machine=dock-a
        "assignments": { "budget": 9104, "status": 9105 }
                                   ^^^^ assignment 9104 any budget
                                                   ^^^^ assignment 9105 any status
      }
    `,
    );
  });

  test('reads ranges in every notation', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      ranges:
        decks: "9200-9299"
                ^^^^^^^^^ range 9200-9299 any decks
        masts: 9300-9349,9350–9399
               ^^^^^^^^^ range 9300-9349 any masts
                         ^^^^^^^^^ range 9350-9399 any masts
        sails: [9400, 9499]
                ^^^^^^^^^^ range 9400-9499 any sails
        keel: {start: 9500, end: 9549}
                      ^^^^ range 9500-9549 any keel
        list:
          - name: hull
            min_port: 9600
                      ^^^^ range 9600-9649 any hull
            max_port: 9649
          - range: 9650-9699
                   ^^^^^^^^^ range 9650-9699 any spare parts
            purpose: spare parts
      constraint:
        min_port: 9000
                  ^^^^ range 9000-9999 any -
        max_port: 9999
      "9700-9799": guests
       ^^^^^^^^^ range 9700-9799 any guests
      winch:
        default: 9800
                 ^^^^ assignment 9800 any winch
        range: [9800, 9809]
                ^^^^^^^^^^ range 9800-9809 any winch
        udp_range: 9850-9859
                   ^^^^^^^^^ range 9850-9859 any winch udp
    `,
    );
  });

  test('knows reserved, forbidden, free and former ports', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      reserved:
        - port: 9900
                ^^^^ forbidden 9900 any Rails default
          reason: Rails default
        - port: 9901
                ^^^^ reserved 9901 any jib
          service: jib
        - 9902
          ^^^^ reserved 9902 any -
      reserved_ranges:
        guests: {start: 9910, end: 9919}
                        ^^^^ reserved 9910-9919 any guests
      excluded_ports: [22, 9920-9924]
                       ^^ forbidden 22 any -
                           ^^^^^^^^^ forbidden 9920-9924 any -
      free_ports:
        - 9930
          ^^^^ free 9930 any -
      available: 9931-9939
                 ^^^^^^^^^ free 9931-9939 any -
      deprecated:
        old-mill: 9940
                  ^^^^ former 9940 any old-mill
      services:
        spinnaker: {port: 9950, status: planned}
                          ^^^^ reserved 9950 any spinnaker
        genoa: {port: 9951, old_port: 9952, existing_port: null}
                      ^^^^ assignment 9951 any genoa
                                      ^^^^ former 9952 any genoa
        trysail: {port: 9953, status: deprecated}
                        ^^^^ assignment 9953 any trysail
        topsail: {port: 9954, status: retired}
                        ^^^^ former 9954 any topsail
    `,
    );
  });

  test('takes nothing but former ports from what is over', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      conflicts_resolved:
        8000: [a, b]
      history:
        - {service: skiff, from: 9960, to: 9961}
                                 ^^^^ former 9960 any skiff
      migrations:
        - {service: punt, old_port: 9962, new_port: 9963}
                                    ^^^^ former 9962 any punt
      services:
        skiff: {port: 9961, conflict: "clashes with punt in dev"}
                      ^^^^ assignment 9961 any skiff excused clashes
    `,
    );
  });

  test('learns the sides of keys from the comment that explains them', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      # prod:    host port on the big server
      # inner:   container port
      services:
        yawl:
          prod: 9970
                ^^^^ assignment 9970 host yawl environment=prod
    `,
    );
  });

  test('reports what cannot be a port', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      services:
        brig: {port: 70000}
                     ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
        sloop: {port: 0}
        ketch: {port_range: 9989-9980}
                            ^^^^^^^^^ problem The range 9989-9980 runs backwards.
    `,
    );
  });

  test('follows anchors and merge keys', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      x-base: &base
        protocol: tcp
      services:
        dhow:
          <<: *base
          port: 9990
                ^^^^ assignment 9990/tcp any dhow
    `,
    );
  });

  test('takes keys with a word for ports as groups, names or sides', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      default_port: 9860
                    ^^^^ assignment 9860 any -
      port_assignments:
        users: 9861
               ^^^^ assignment 9861 any users
      port_map: {audit: 9862, migration: 9863}
                        ^^^^ assignment 9862 any audit
                                         ^^^^ assignment 9863 any migration
      backend_ports: {ledger: 9864}
                              ^^^^ assignment 9864 any ledger
      POSTGRES_HOST_PORT: 9865
                          ^^^^ assignment 9865 host postgres
      web:
        port: 9866
              ^^^^ assignment 9866 any web
        env: WEB_PORT
        host: localhost
      allocated:
        - parrot-svc: 9867
                      ^^^^ assignment 9867 any parrot-svc
        - web: 9868
               ^^^^ assignment 9868 any web
    `,
    );
  });

  test('reads its own format', () => {
    reads(
      registryYaml,
      'portolan-registry.yaml',
      `
      services:
        compass:
          port: 9995
                ^^^^ assignment 9995/tcp host compass environment=production
          container_port: 80
                          ^^ assignment 80/tcp container compass environment=production
          protocol: tcp
          environment: production
          former: 9994
                  ^^^^ former 9994/tcp any compass environment=production
          note: true north
        sextant: {port: 9996, internal: true}
                        ^^^^ assignment 9996 any sextant internal
    `,
    );
  });
});

describe('the native format', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../schemas/registry.schema.json', import.meta.url), 'utf8'));

  test('the example of the schema is read as its descriptions say', () => {
    const reading = registryYaml.read(JSON.stringify(schema.examples[0]), 'portolan-registry.json');
    expect(reading?.document?.title).toBe('The harbour');
    expect(reading?.problems).toEqual([]);
    expect(reading?.claims.map(describeFact)).toEqual([
      'assignment 7100 any lighthouse',
      'assignment 7101/tcp host quay container=quay-1 environment=production routes=quay.harbour.example/api/quay,quay.harbour.example/api/berths',
      'assignment 80/tcp container quay container=quay-1 environment=production routes=quay.harbour.example/api/quay,quay.harbour.example/api/berths',
      'former 7001/tcp any quay container=quay-1 environment=production',
      'assignment 7102/udp any buoy internal',
      'range 7200-7299 any piers',
      'reserved 7300 any -',
      'reserved 7301 any dry dock',
      'forbidden 6000-6063 any -',
      'forbidden 5000 any -',
    ]);
  });

  test('the example uses every key that the schema knows', () => {
    const used = Object.values(schema.examples[0].services).flatMap((service) => Object.keys(service as object));
    expect(new Set(used)).toEqual(new Set(Object.keys(schema.definitions.service.properties)));
  });

  test('the schema is no registry itself', () => {
    expect(registryYaml.read(JSON.stringify(schema), 'ports.schema.json')).toBeUndefined();
  });

  test('the configuration of Portolan is no registry', () => {
    expect(registryYaml.wants('portolan-registry.yaml')).toBe(true);
    expect(registryYaml.wants('portolan.yaml')).toBe(false);
  });
});

test('comments are notes and group headings', () => {
  const { claims } = registryYaml.read(
    [
      'ports:',
      '  # --- Databases ---',
      '  ledger: 5433 # moved in May',
      '  archive: 5434',
      '  # Front ends',
      '  portal: 3000',
      '  # The next free port is 3001, see the wiki.',
      '  board: 3002',
      '',
    ].join('\n'),
    'ports.yaml',
  )!;
  expect(claims.map(({ service, section, note }) => [service, section.at(-1), note])).toEqual([
    ['ledger', 'Databases', 'moved in May'],
    ['archive', 'Databases', undefined],
    ['portal', 'Front ends', undefined],
    ['board', 'Front ends', undefined],
  ]);
});

test('a clash over one port of an entry is none over its others', () =>
  reads(
    registryYaml,
    'ports.yaml',
    `
    services:
      skiff:
        port: 9961
              ^^^^ assignment 9961 any skiff excused clashes
        redis_port: 9962
                    ^^^^ assignment 9962 any skiff redis
        conflict: clashes with punt on 9961
    `,
  ));
