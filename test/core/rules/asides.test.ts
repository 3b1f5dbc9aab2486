import { describe, expect, test } from 'vitest';
import { checks, filesOf, findings } from '../../support/workspace.ts';

describe('what a row says beside its port', () => {
  test('tells of further ports of its service', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port | Debug Port | Probe         |
      |---------|------|------------|---------------|
      | winch   | 8101 | 5108       | 9181/probe    |
      | crane   | 8102 | 5109       | 9182/probe    |
      --- compose.yaml
      services:
        winch:
          image: harbour/winch
          ports: ["8101:8101", "9181:9181"]
        crane:
          image: harbour/crane
          ports: ["9182:8102"]
                   ^^^^ port-mismatch: …
    `));

  test('tells of other stages and of parts of it', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Dev  | Prod | Metrics |
      |---------|------|------|---------|
      | winch   | 7101 | 8101 | 9101    |
      | crane   | 7102 | 8102 | 9102    |
      | pilot   | 7103 | 8103 | 9103    |
      --- compose.yaml
      services:
        winch:
          image: harbour/winch
          ports: ["7101:8080", "9101:9090"]
        crane:
          image: harbour/crane
          ports: ["7112:8080", "9102:9090"]
                   ^^^^ port-mismatch: …
        pilot:
          image: harbour/pilot
          ports: ["7103:8080", "9113:9090"]
                                ^^^^ unregistered-port: …
    `));

  test('tells of further services on it', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Chart       | Engine  | Port |
      |-------------|---------|------|
      | north-sea-8 | Plotter | 8301 |
      | baltic-3    | Drawer  | 8302 |
      --- compose.yaml
      services:
        plotter:
          image: harbour/plotter
          ports: ["8301:80"]
        tide-gauge:
          image: harbour/tide-gauge
          ports: ["8302:80"]
                   ^^^^ owned-by-other: …
    `));
});

describe('further instances of what a registry describes', () => {
  const registry = `
    --- PORTS.md
    # Ports

    | Service | Port |
    |---------|------|
    | winch   | 3100 |
    | crane   | 3110 |
    | pilot   | 3120 |
    | tide    | 3130 |
    --- compose.yaml
    services:
      winch: { image: x, ports: ["\${WINCH_PORT:-3100}:80"] }
      crane: { image: x, ports: ["\${CRANE_PORT:-3110}:80"] }
      pilot: { image: x, ports: ["\${PILOT_PORT:-3120}:80"] }
      tide: { image: x, ports: ["\${TIDE_PORT:-3130}:80"] }
    --- `;
  const found = (file: string, ports: readonly number[]) => {
    const names = ['WINCH', 'CRANE', 'PILOT', 'TIDE'];
    const lines = ports.map((port, i) => `    ${names[i]}_PORT=${port}\n`).join('');
    return findings(filesOf(`${registry}${file}\n${lines}`)).map(({ rule, port }) => `${rule} ${port}`);
  };

  test('lie by one number above it, but for slips', () => {
    expect(found('.env.slot1', [3200, 3210, 3220, 3230])).toEqual([]);
    expect(found('.env.slot1', [3200, 3210, 3220, 3330])).toEqual([]);
  });

  test('are not what every developer begins with', () => {
    expect(found('.env', [3200, 3210, 3220, 3230])).toHaveLength(4);
    expect(found('.env.example', [3200, 3210, 3220, 3230])).toHaveLength(4);
  });

  test('run on later stages', () => {
    const names = ['winch', 'crane', 'pilot', 'tide'];
    const services = names.map((name, i) => `      ${name}: { ports: ["1${3100 + i * 10}:80"] }\n`).join('');
    const files = filesOf(`${registry}compose.staging.yaml\n    services:\n${services}`);
    expect(findings(files).filter(({ rule }) => rule === 'port-mismatch')).toEqual([]);
  });

  test('are told by several ports', () => {
    expect(found('.env.slot1', [3200, 3210, 3120, 3130])).toEqual(['port-mismatch 3200', 'port-mismatch 3210']);
  });
});
