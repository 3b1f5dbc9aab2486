import { describe, expect, test } from 'vitest';
import { checks, filesOf, indexOf } from '../../../support/workspace.ts';

const registry = `
  --- PORT_REGISTRY.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | lantern | 9006 |
  | beacon | 9007 |
`;

function ports(picture: string, path: string): string[] {
  return indexOf(filesOf(picture))
    .projectOf(path)
    .map(({ service, uses }) => {
      const own = uses.filter(({ role }) => role === 'published' || role === 'environment');
      return [service.name, ...own.map((use) => `${use.role} ${use.port}`)].join(' ');
    });
}

describe('merged files', () => {
  test('ports are appended, a variable of the same name is replaced', () => {
    const picture = `
      --- compose.yaml
      services:
        lantern:
          environment: {PORT: 80}
          ports: ["9006:80"]
      --- compose.override.yaml
      services:
        lantern:
          environment: [PORT=81]
          ports: ["9106:81"]
    `;
    expect(ports(picture, 'compose.override.yaml')).toEqual(['lantern published 9006 published 9106 environment 81']);
  });

  test.each(['!override ["9106:81"]', '!reset []'])('%s takes the place of what was there', (value) => {
    const picture = `
      --- compose.yaml
      services:
        lantern:
          ports: ["9006:80"]
      --- compose.override.yaml
      services:
        lantern:
          ports: ${value}
    `;
    const left = value.startsWith('!override') ? ['lantern published 9106'] : ['lantern'];
    expect(ports(picture, 'compose.override.yaml')).toEqual(left);
  });

  test('what only an earlier file defines runs along', () => {
    const picture = `
      --- compose.yaml
      services:
        beacon:
          ports: ["9007:80"]
      --- compose.override.yaml
      services:
        lantern:
          ports: ["9006:80"]
    `;
    expect(ports(picture, 'compose.override.yaml')).toEqual(['beacon published 9007', 'lantern published 9006']);
  });

  test('an override is known by the container_name of its base', () =>
    checks(`${registry}
  --- compose.yaml
  services:
    app:
      container_name: lantern
      image: lantern
  --- compose.override.yaml
  services:
    app:
      ports:
        - 9016:80
          ^^^^ port-mismatch: app publishes 9016, but the registry gives it 9006 as "lantern" (PORT_REGISTRY.md:5).
`));

  test('a port that an override replaces clashes with nobody', () =>
    checks(`
  --- compose.yaml
  services:
    lantern:
      ports: ["9006:80"]
    beacon:
      ports: ["9007:80"]
  --- compose.override.yaml
  services:
    lantern:
      ports: !override ["9008:80"]
    beacon:
      ports: !override ["9006:80"]
`));
});

describe('extends', () => {
  const common = `
      --- base/common.yaml
      services:
        web:
          container_name: web-base
          environment: {PORT: 80}
          ports: ["9006:80"]`;

  test('ports and variables come along under the new name, container_name does not', () => {
    const picture = `${common}
      --- compose.yaml
      services:
        lantern:
          extends: {file: base/common.yaml, service: web}
          environment: {PORT: 81}
    `;
    expect(ports(picture, 'compose.yaml')).toEqual(['lantern published 9006 environment 81']);
    const [lantern] = indexOf(filesOf(picture)).runningIn('compose.yaml');
    expect(lantern?.service.container).toBeUndefined();
  });

  test('a circle ends', () => {
    const picture = `
      --- compose.yaml
      services:
        lantern:
          extends: beacon
          ports: ["9006:80"]
        beacon:
          extends: lantern
          ports: ["9007:80"]
    `;
    expect(ports(picture, 'compose.yaml')).toEqual([
      'lantern published 9007 published 9006',
      'beacon published 9006 published 9007',
    ]);
  });

  test('the finding stands where the digits are', () =>
    checks(`${registry}
  --- base.yaml
  services:
    template:
      image: lantern
      ports:
        - 9016:80
          ^^^^ port-mismatch: lantern publishes 9016, but the registry gives it 9006 (PORT_REGISTRY.md:5). template takes its port from this number as well, so no fix is offered.
  --- compose.yaml
  services:
    lantern:
      extends: {file: base.yaml, service: template}
`));
});

describe('include', () => {
  test('included files run along, theirs too, circles end', () => {
    const picture = `
      --- compose.yaml
      include:
        - infra/compose.yaml
        - path: [tools/compose.yaml]
      services:
        lantern:
          ports: ["9006:80"]
      --- infra/compose.yaml
      include: [../compose.yaml]
      services:
        beacon:
          ports: ["9007:80"]
      --- tools/compose.yaml
      services:
        tool:
          ports: ["9008:80"]
    `;
    expect(ports(picture, 'compose.yaml')).toEqual([
      'beacon published 9007',
      'tool published 9008',
      'lantern published 9006',
    ]);
  });

  test('two included files publish one port', () =>
    checks(`
  --- compose.yaml
  include:
    - a/compose.yaml
    - b/compose.yaml
  --- a/compose.yaml
  services:
    lantern:
      ports:
        - 9006:80
  --- b/compose.yaml
  services:
    beacon:
      ports:
        - 9006:80
          ^^^^ duplicate-published: beacon publishes 9006, which is published by lantern as well; only one of them can start.
`));
});

describe('digits that several services share', () => {
  test('an anchor: no fix where it would move somebody else', () =>
    checks(`${registry}
  --- compose.yaml
  services:
    lantern:
      profiles: [a]
      ports: &ports
        - 9007:80
          ^^^^ port-mismatch: lantern publishes 9007, but the registry gives it 9006 (PORT_REGISTRY.md:5). beacon takes its port from this number as well, so no fix is offered.
    beacon:
      profiles: [b]
      ports: *ports
`));
});
