import { describe, expect, test } from 'vitest';
import { registryYaml } from '../../../server/src/core/readers/registryYaml.ts';
import { dedent, reads } from '../../support/fixture.ts';

const read = (text: string, path = 'ports.yaml') => registryYaml.read(dedent(text), path);

describe('numbers that are no ports', () => {
  test('counts, sizes, dates, codes and ids', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      next_port: 4300
      next_available: 4301
      ports_per_repo: 1000
      total_ports: 1400
      release_year: 2024
      metadata:
        web: 4302
      services:
        tug:
          port: 4303
                ^^^^ assignment 4303 any tug
          max_connections: 2000
          timeout: 3000
          tier: 1500
          pid: 4304
          healthcheck: {expected: 2000, port: 4305}
          environment: {DB_PORT: 5432}
          peers: [4306, 4307]
          retries: {min: 1, max: 5}
          updated: 2025-10-30
          url: http://tug:4308
          note: moved from 4309, see issue 4310
    `,
    );
  });

  test('what a firewall lets through', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      service_ports:
        tug: {http: 8303}
                    ^^^^ assignment 8303 any tug http
      firewall_allowed_tcp_ports:
        - 22
        - 8303
      ufwPorts: [443, 8303]
      open_ports: [443, 8303]
      allowedTcpPorts: [8303]
    `,
    );
  });

  test('ports of switches and of consoles', () => {
    reads(
      registryYaml,
      'switch_ports.yaml',
      `
      services:
        tug: {port: 22}
                    ^^ assignment 22 any tug
      pier_switch:
        ports:
          - {port: 1, device: lantern}
          - {port: 22, device: camera}
          - {session_port: 2/1/15, device: buoy}
      consoles:
        - {port: 1, service: winch}
    `,
    );
  });

  test('what a link has', () => {
    expect(
      read('links:\n  - name: "20"\n    pvid: 443\n  - interface: eth0\n    mtu: 1500\n    speed: 2500\n'),
    ).toBeUndefined();
    expect(read('{"port": {"mtu": 1500, "vlan": 443}}', 'create-port.json')).toBeUndefined();
  });

  test('what is said of harbours', () => {
    expect(read('{"northpier": {"lat": 59.9, "berths": 3000}}', 'ports.json')).toBeUndefined();
    expect(read('southpier: {berths: 3000, depth: 24, cranes: 7}\n')).toBeUndefined();
  });

  test('a service whose number can be no port does not speak for the others', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      tug: 4100
           ^^^^ assignment 4100 any tug
      winch: 0
    `,
    );
  });

  test('comments and sentences', () => {
    expect(read('# 8080: proxy\nnotes: "8080 is taken by the proxy"\n')).toBeUndefined();
  });
});

describe('which files are registries', () => {
  test.each([
    'ports.yaml',
    'PORTS.yml',
    'config/ports.dev.yaml',
    'infra/port-registry.json',
    'port_allocation.json',
    'portRegistry.json',
    'puertos.yaml',
    'config/ports/services.yaml',
    'port-registry/index.json',
  ])('%s may be one', (path) => {
    expect(registryYaml.wants(path)).toBe(true);
  });

  test.each([
    'services.yaml',
    'config/registry.yaml',
    'docker-compose.ports.yml',
    'report.yaml',
    'transport.json',
    'portfolio.yaml',
    'PORTS.md',
    'test/fixtures/ports.yaml',
    'node_modules/x/ports.json',
  ])('%s is none', (path) => {
    expect(registryYaml.wants(path)).toBe(false);
  });

  test.each([
    ['a compose file', 'services:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n'],
    ['a compose file without ports', 'services:\n  web:\n    build: .\n    restart: always\n'],
    ['a Kubernetes manifest', 'apiVersion: v1\nkind: Service\nspec:\n  ports:\n    - port: 8080\n'],
    ['an OpenAPI document', 'openapi: 3.1.0\nports: {web: 8080}\n'],
    ['a workflow', 'on: push\njobs:\n  check:\n    services:\n      db: {port: 5432}\n'],
    ['a JSON Schema', '{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"port": 8080}}'],
    ['a lock file', '{"lockfileVersion": 3, "ports": {"web": 8080}}'],
    ['a list of interfaces of an architecture', 'ports:\n  - port_id: symbol-retrieval\n    port: inbound\n'],
    ['a template', `web: \${free.port.10}\napi: \${free.port.11}\n`],
    ['a list of sea ports', '{"AEAJM": {"name": "Ajman", "coordinates": [55.5, 25.4], "code": "52000", "year": 1988}}'],
    ['an empty file', ''],
  ])('%s is of another kind', (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe('what is said of the document', () => {
  test('a registry is told by its name, its comment and its services', () => {
    const reading = read(
      '# ====\n# Quay ports - single source of truth\n# ====\nquay: 7100\npier: 7101\n',
      'infra/ports.yaml',
    );
    expect(reading?.document).toMatchObject({
      authority: 'registry',
      canonical: true,
      title: 'Quay ports - single source of truth',
      titleSpan: { start: 9, end: 44 },
      because: ['named ports.yaml', 'it says "single source of truth"', '2 services with ports'],
    });
  });

  test('a copy is a reference', () => {
    const reading = read('{"_comment": "Generated from infra/ports.yaml", "ports": {"quay": 7100}}', 'ports.json');
    expect(reading?.document?.authority).toBe('reference');
    expect(reading?.claims[0]?.form).toBe('json');
  });

  test('claims know their section, their note and where the name stands', () => {
    const text = 'harbour:\n  quay:\n    port: 7100\n    note: stone\n';
    const claim = read(text)!.claims[0]!;
    expect(claim).toMatchObject({ section: ['harbour'], note: 'stone', form: 'yaml' });
    expect(text.slice(claim.serviceSpan!.start, claim.serviceSpan!.end)).toBe('quay');
  });

  test('the stack that an entry names is part of its section', () => {
    const reading = read('services:\n  - {name: quay, stack: stone, port: 7100}\n');
    expect(reading?.claims[0]?.section).toEqual(['services', 'stone']);
  });
});

describe('half-typed files', () => {
  test.each([
    'services:\n  quay:\n    port: 7100\n  pier:\n    por',
    'services:\n  quay: {port: 7100\n  pier: {',
    '{"services": {"quay": {"port": 7100}, "pier": {"por',
    'services:\n  quay:\n    port: 7100\n\t\tbad: tab\n',
  ])('%j gives what can be read', (text) => {
    expect(registryYaml.read(text, 'ports.yaml')?.claims).toMatchObject([{ port: 7100, service: 'quay' }]);
  });
});

test('keys that recur with other ports name parts of what is around them', () => {
  reads(
    registryYaml,
    'ports.yaml',
    `
    north:
      quay:
        beacon: 4310
                ^^^^ assignment 4310 any quay beacon
        http: 4311
              ^^^^ assignment 4311 any quay http
      crane:
        beacon: 4320
                ^^^^ assignment 4320 any crane beacon
        winch: 4321
               ^^^^ assignment 4321 any crane winch
    south:
      pilot: 4330
             ^^^^ assignment 4330 any pilot
      tug: 4331
           ^^^^ assignment 4331 any tug
    again:
      pilot: 4330
             ^^^^ assignment 4330 any pilot
      tug: 4331
           ^^^^ assignment 4331 any tug
  `,
  );
});
