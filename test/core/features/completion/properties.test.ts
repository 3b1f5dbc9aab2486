import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complete } from '../../../../server/src/core/features/completion/index.ts';
import { Occupancy } from '../../../../server/src/core/queries/occupancy.ts';
import { filesOf, indexOf } from '../../../support/workspace.ts';

const harbour = filesOf(`
  --- PORTS.md
  # Ports

  ## Quays (4100-4109)

  | Port | Service    |
  | ---- | ---------- |
  | 4100 | crane      |
  | 4103 | tide-gauge |
  |      |            |
  --- compose.yaml
  services:
    crane:
      environment:
        PORT: 80
        - PORT=
      ports:
        - "4101:80"
        - published:
          target: 80
    tide-gauge:
      ports: ["4102:1", '']
  --- .env
  CRANE_PORT=
  --- nginx.conf
  upstream crane { server crane: ; server 127.0.0.1:41 ; }
  server {
    listen ;
    location / { proxy_pass http://127.0.0.1:; }
  }
  --- ports.yaml
  services:
    crane:
      port: 4100
    radio:
      port: 
`);

const junk = fc.constantFrom('', ' ', '|', '"', "'", ':', '- ', '\n', '\r\n', '{', '}', '[', '#', '4', '$', '${', '`');

/** Each file with some text written into it, most often at the end of a line, and the cursor behind that. */
const typed = fc.constantFrom(...harbour).chain(([path, text]) => {
  const ends = [...text.matchAll(/$/gm)].map(({ index }) => index);
  const places = fc.oneof(fc.constantFrom(...ends), fc.nat(text.length));
  return fc.tuple(places, fc.array(junk, { maxLength: 2 }), fc.boolean()).map(([at, words, isCut]) => {
    const start = text.slice(0, at) + words.join('');
    return { path, text: isCut ? start : start + text.slice(at), offset: start.length };
  });
});

test('whatever is typed: one line is changed, at the cursor, and a free port belongs to nobody', () => {
  let offers = 0;
  fc.assert(
    fc.property(typed, ({ path, text, offset }) => {
      const files = new Map(harbour).set(path, text);
      const index = indexOf(files);
      const found = complete(index, path, text, offset);
      const occupancy = new Occupancy(index, path);
      for (const { span, detail, newText } of found) {
        expect(span.start <= offset && offset <= span.end).toBe(true);
        expect(text.slice(span.start, span.end)).not.toMatch(/[\r\n]/);
        const others = [...occupancy.keeping(Number(newText)), ...occupancy.using(Number(newText))].filter((place) => {
          const at = 'file' in place ? { path: place.file.path, span: place.claim.span } : place;
          const line = text.slice(0, offset).lastIndexOf('\n');
          return at.path !== path || at.span.start <= line || text.slice(offset, at.span.start).includes('\n');
        });
        if (detail.startsWith('next free')) expect(others).toEqual([]);
      }
      expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
      expect(found.slice(1).filter(({ preselect }) => preselect)).toEqual([]);
      offers += found.length;
    }),
    { numRuns: 300 },
  );
  expect(offers).toBeGreaterThan(20);
});
