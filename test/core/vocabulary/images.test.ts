import { expect, test } from 'vitest';
import { isPort } from '../../../server/src/core/notation/portText.ts';
import { imagePorts } from '../../../server/src/core/vocabulary/imagePorts.ts';
import { defaultPorts } from '../../../server/src/core/vocabulary/images.ts';

test('every image stands once, with ports and a source', () => {
  const names = imagePorts.map(({ image }) => image);
  expect(new Set(names).size).toBe(names.length);
  for (const { ports, source } of imagePorts) {
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.every(isPort)).toBe(true);
    expect(source).toMatch(/^https:\/\//);
  }
});

test.each([
  ['postgres', [5432]],
  ['docker.io/library/postgres:15-alpine', [5432]],
  ['localhost:5000/team/Grafana@sha256:00', [3000]],
  ['harbour/quay', []],
  [undefined, []],
])('%s', (image, ports) => expect(defaultPorts(image)).toEqual(ports));
