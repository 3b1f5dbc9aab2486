import { describe, expect, test } from 'vitest';
import { makefile } from '../../../server/src/core/readers/makefile.ts';
import { procfile } from '../../../server/src/core/readers/procfile.ts';
import { reads } from '../../support/fixture.ts';

describe('which files are read', () => {
  test.each(['Procfile', 'quay/Procfile.dev'])('%s', (path) => expect(procfile.wants(path)).toBe(true));
  test.each(['procfile.md', 'Procfiles', 'Procfile.dev.bak'])('not %s', (path) =>
    expect(procfile.wants(path)).toBe(false),
  );
  test.each(['Makefile', 'a/GNUmakefile', 'makefile', 'Makefile.dev', 'docker.mk', 'justfile', 'quay.just'])(
    '%s',
    (path) => expect(makefile.wants(path)).toBe(true),
  );
  test.each(['Makefile.in', 'Makefile.am', 'Makefile.md', 'makefiles/a', 'just.ts'])('not %s', (path) =>
    expect(makefile.wants(path)).toBe(false),
  );
  test('not without a port', () => {
    expect(procfile.read('web: node .\n', 'Procfile')).toBeUndefined();
    expect(makefile.read('VERSION := 2030\nbuild:\n\tcc -O2 -p quay\n', 'Makefile')).toBeUndefined();
  });
});

test('a Procfile', () => {
  reads(
    procfile,
    'Procfile',
    `
    # web: PORT=1
    web: gunicorn quay:app --bind 0.0.0.0:8000
                                          ^^^^ command 8000 any web
    berth-planner: PORT=9006 bin/planner
                        ^^^^ environment 9006 any berth-planner
    tide: rails server -p \${PORT:-9008}
                                  ^^^^ command 9008 any tide via=PORT
    crane: bin/crane --port $PORT
    release: echo 9999
    css: wait-on http://localhost:8000 && bin/css --port 70000
                                  ^^^^ url 8000 any - host=localhost within=css
                                                         ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
  `,
  );
});

test('a makefile: its variables and its recipes', () => {
  reads(
    makefile,
    'Makefile',
    String.raw`
    PORT ?= 8080
            ^^^^ environment 8080 any -
    export QUAY_API_PORT := 9006 # 1234
                            ^^^^ environment 9006 any quay api
    PORT_COUNT = 1200
    VERSION = 2030
    BAD_PORT = 70000
               ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
    run: build # PORT=1
        @PORT=9007 node . --verbose
              ^^^^ environment 9007 any -
        -docker run -d --name quay-db \
            -p 5433:5432 -p $(PORT):80 postgres
               ^^^^ published 5433/tcp host quay-db
                    ^^^^ target 5432/tcp container quay-db
                                    ^^ target 80/tcp container quay-db
        uvicorn quay:app --port 9008 & curl localhost:9008
                                ^^^^ command 9008 any -
        # uvicorn quay:app --port 9009
        docker compose -p 1234 up
        ssh quay --port 2222
    `,
  );
});

test('a justfile', () => {
  reads(
    makefile,
    'justfile',
    `
    port := "8080"
             ^^^^ environment 8080 any -
    dev:
      next dev -p 3001
                  ^^^^ command 3001 any -
    `,
  );
});
