import { describe, expect, test } from 'vitest';
import { hintsIn } from '../../../server/src/core/features/hints.ts';
import { lensesOf } from '../../../server/src/core/features/lenses.ts';
import { linksIn } from '../../../server/src/core/features/links.ts';
import { stretchesAround } from '../../../server/src/core/features/selection.ts';
import { dedent, draw, plain } from '../../support/fixture.ts';
import { scene } from '../../support/navigation.ts';
import { filesOf, finish, indexOf } from '../../support/workspace.ts';

const harbour = `
  --- PORTS.md
  # Ports

  | Service     | Host port | Container port |
  |-------------|-----------|----------------|
  | berth-api   | 9006      | 8000           |
  | Crane API   | 9007      |                |
  | tide-web    | 9008      |                |
  --- compose.yaml
  services:
    berth-api:
      image: x
      ports: ["9006:8000"]
    crane-api:
      image: x
      ports:
        - "\${CRANE_PORT:-9007}:8000"
      environment:
        BERTH_URL: http://berth-api:8000/v1
        SELF_URL: http://localhost:9007
    lantern:
      image: x
      ports:
        - 9008:80
  --- .env
  CRANE_PORT=9107
  --- nginx.conf
  upstream berth { server berth-api:8000; }
  server { location / { proxy_pass http://berth-api:8000/v1; } }
  server { location / { proxy_pass http://127.0.0.1:9006; } }
`;
const files = filesOf(harbour);
const index = indexOf(files);

/** Draws notes under a file of the harbour. */
function drawn(path: string, notes: Parameters<typeof draw>[1]): string {
  return draw(files.get(path)!, notes);
}

/** What the caret lines of a picture leave is the file itself. */
function expectDrawn(path: string, picture: string, notes: Parameters<typeof draw>[1]): void {
  expect(plain(dedent(picture))).toBe(files.get(path));
  expect(drawn(path, notes)).toBe(dedent(picture));
}

test('a lens tells how often a row is used, and where its service is elsewhere', () => {
  expectDrawn(
    'PORTS.md',
    `
    # Ports

    | Service     | Host port | Container port |
    |-------------|-----------|----------------|
    | berth-api   | 9006      | 8000           |
                    ^^^^ 9006: 2 uses
                                ^^^^ 8000: 4 uses
    | Crane API   | 9007      |                |
                    ^^^^ 1 use · 1 mismatch
    | tide-web    | 9008      |                |
                    ^^^^ 1 use
    `,
    finish(lensesOf(index.file('PORTS.md')!, index)).map(({ span, title }) => ({ span, note: title })),
  );
  expect(finish(lensesOf(index.file('compose.yaml')!, index))).toEqual([]);
});

describe('hints', () => {
  const hints = (path: string, stretch = { start: 0, end: files.get(path)!.length }) =>
    hintsIn(index.file(path)!, stretch, files.get(path)!, index);

  test('tell the owner and what .env sets, behind the whole entry', () => {
    expectDrawn(
      'compose.yaml',
      `
      services:
        berth-api:
          image: x
          ports: ["9006:8000"]
                             ^ berth-api
        crane-api:
          image: x
          ports:
            - "\${CRANE_PORT:-9007}:8000"
                                        ^ = 9107
          environment:
            BERTH_URL: http://berth-api:8000/v1
                                               ^ berth-api
            SELF_URL: http://localhost:9007
                                           ^ Crane API
        lantern:
          image: x
          ports:
            - 9008:80
                     ^ tide-web
      `,
      hints('compose.yaml').map(({ offset, label }) => ({ span: { start: offset, end: offset }, note: label })),
    );
    expect(hints('compose.yaml').map(({ tooltip }) => tooltip)).toContain('.env sets CRANE_PORT.');
    expect(hints('nginx.conf')).toHaveLength(3);
  });

  test('are made for the stretch that is asked for alone', () => {
    const start = files.get('compose.yaml')!.indexOf('lantern');
    expect(hints('compose.yaml', { start, end: start + 60 }).map(({ label }) => label)).toEqual(['tide-web']);
  });
});

test('a URL of a service links to it, and nothing else does', () => {
  const links = (path: string) =>
    linksIn(index.file(path)!, files.get(path)!, index).map(({ span, target }) => [
      files.get(path)!.slice(span.start, span.end),
      files.get(target.path)!.slice(target.span.start, target.span.end),
    ]);
  expect(links('compose.yaml')).toEqual([['berth-api:8000', 'berth-api']]);
  expect(links('nginx.conf')).toEqual([['berth-api:8000', 'berth-api']]);
});

describe('a selection grows', () => {
  const grows = (picture: string) => {
    const { spot, text } = scene(picture);
    return stretchesAround(spot!, text).map(({ start, end }) => text.slice(start, end));
  };

  test('from the digits to the mapping and the line', () => {
    expect(
      grows(`
        --- compose.yaml
        services:
          berth-api:
            image: x
            ports:
              - "\${BERTH_PORT:-90‸06}:8000"
      `),
    ).toEqual(['9006', '${BERTH_PORT:-9006}:8000', '- "${BERTH_PORT:-9006}:8000"']);
  });

  test('from a name to its URL and the line', () => {
    expect(grows('--- nginx.conf\nserver { location / { proxy_pass http://ber‸th:8000/v1; } }\n')).toEqual([
      'berth',
      'http://berth:8000/v1',
      'server { location / { proxy_pass http://berth:8000/v1; } }',
    ]);
  });

  test('from the digits to the cell and the row', () => {
    expect(
      grows(`
        --- PORTS.md
        # Ports

        | Service   | Port          |
        |-----------|---------------|
        | berth-api | \`90‸06\` (http) |
      `),
    ).toEqual(['9006', '`9006` (http)', '| berth-api | `9006` (http) |']);
  });
});
