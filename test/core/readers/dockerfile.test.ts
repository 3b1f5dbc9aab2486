import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../../server/src/core/readers/dockerfile.ts';
import { reads } from '../../support/fixture.ts';

const sees = (picture: string) => reads(dockerfile, 'Dockerfile', picture);

describe('which files are read', () => {
  test.each([
    'Dockerfile',
    'a/Dockerfile.prod',
    'api.Dockerfile',
    'Containerfile',
    'Containerfile.dev',
    'a/dockerfile',
  ])('%s', (path) => expect(dockerfile.wants(path)).toBe(true));
  test.each(['Dockerfile.md', 'Dockerfile.dockerignore', 'MyDockerfile', 'Dockerfiles/a', 'Dockerfile.j2.yml'])(
    'not %s',
    (path) => expect(dockerfile.wants(path)).toBe(false),
  );
  test('not without a stage', () => expect(dockerfile.read('EXPOSE 80\n', 'Dockerfile')).toBeUndefined());
});

test('EXPOSE', () => {
  sees(`
    FROM node:20
    EXPOSE 3000 9229/tcp 5353/udp 6000-6003 "8080" web
           ^^^^ exposed 3000/tcp container -
                ^^^^ exposed 9229/tcp container -
                         ^^^^ exposed 5353/udp container -
                                  ^^^^^^^^^ exposed 6000-6003/tcp container -
                                             ^^^^ exposed 8080/tcp container -
    expose 4000
           ^^^^ exposed 4000/tcp container -
    EXPOSE 70000 0 90-80
           ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
                 ^ problem 0 is not a port: ports go from 1 to 65535.
                   ^^^^^ problem The range 90-80 runs backwards.
  `);
});

test('variables: digits are found where they stand', () => {
  sees(`
    ARG PUBLIC=7000
               ^^^^ exposed 7000/tcp container - via=PUBLIC
    FROM node:20
    ARG PUBLIC
    ARG DEBUG="9229" METRICS
               ^^^^ exposed 9229/udp container - via=DEBUG
    EXPOSE $PUBLIC \${DEBUG}/udp $METRICS \${ADMIN:-7100} \${NONE}-80
                                ^^^^^^^^ exposed ?/tcp container - via=METRICS
                                                  ^^^^ exposed 7100/tcp container - via=ADMIN
    EXPOSE \${DEBUG:+7200} \${METRICS:80}
                    ^^^^ exposed 7200/tcp container - via=DEBUG
                          ^^^^^^^^^^^^^ exposed ?/tcp container - via=METRICS
                          ^^^^^^^^^^^^^ problem \${METRICS:80} lacks the dash that makes 80 the default: \${METRICS:-80}.
  `);
});

test('ENV in both notations; the last one holds', () => {
  sees(`
    FROM node:20
    ENV PORT=1000
    ENV NODE_ENV=production PORT="3000" DB_PORT=5432 \\
                                  ^^^^ command 3000 container - via=PORT
                                  ^^^^ environment 3000 container -
        GRPC_PORT='50051'
                   ^^^^^ environment 50051 container -
    ENV SERVER_PORT 8080
                    ^^^^ environment 8080 container -
    ENV API_URL=http://api:9000 BIND=0.0.0.0:8081
                                             ^^^^ environment 8081 container -
    CMD serve --port \${PORT:-4000}
  `);
});

test('ARG yields to ENV, and a line takes values as they were before it', () => {
  sees(`
    FROM node:20
    ENV PORT=3000
             ^^^^ environment 3000 container - via=PORT
             ^^^^ exposed 3000/tcp container - via=PORT
    ARG PORT=4000
    EXPOSE $PORT
    ENV PORT=5000 HTTP_PORT=$PORT
             ^^^^ environment 5000 container -
  `);
});

describe('the command line', () => {
  test.each([
    ['CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]', '8000'],
    ['CMD uvicorn app:app --port=8000', '8000'],
    ['ENTRYPOINT ["gunicorn"]\nCMD ["-b", ":8000", "app"]', '8000'],
    ['CMD npx next start -p 8000', '8000'],
    ['CMD ["sh", "-c", "vite --port 8000"]', '8000'],
    ['CMD ["python", "-m", "http.server", "8000"]', '8000'],
    ['CMD serve \\\n  # the port\n\n  --port 8000', '8000'],
    ['CMD [ "serve", "--port" "8000" ', '8000'],
    ['CMD ["node", "server.js", "8000"]', undefined],
    ['CMD ["serve", "--port", "1"]\nCMD ["serve", "--port", "8000"]', '8000'],
    ['RUN serve --port 8000', undefined],
    ['ONBUILD CMD serve --port 8000', undefined],
  ])('%s', (text, port) => {
    const whole = `FROM python:3\n${text}\n`;
    const uses = dockerfile.read(whole, 'Dockerfile')!.uses;
    expect(uses.map(({ span }) => whole.slice(span.start, span.end))).toEqual(port === undefined ? [] : [port]);
    expect(uses.every(({ role, side, form }) => `${role} ${side} ${form}` === 'command container dockerfile')).toBe(
      true,
    );
  });
});

test('HEALTHCHECK', () => {
  sees(`
    FROM nginx
    HEALTHCHECK --interval=5s --timeout=3s CMD curl -f http://localhost:8080/health || exit 1
                                                                        ^^^^ healthcheck 8080 container - host=localhost
  `);
  sees(`
    FROM nginx
    HEALTHCHECK CMD curl -f http://localhost:8080/
    HEALTHCHECK NONE
  `);
});

test('the escape directive, comments and Windows line ends', () => {
  sees(`
    # syntax=docker/dockerfile:1
    # escape=\`
    FROM node
    EXPOSE 3000 \`
           ^^^^ exposed 3000/tcp container -
      # EXPOSE 1
      4000
      ^^^^ exposed 4000/tcp container -
    # EXPOSE 5000
    COPY C:\\
    EXPOSE 6000
           ^^^^ exposed 6000/tcp container -
  `);
  const { uses } = dockerfile.read('FROM node\r\nEXPOSE 1000 \\\r\n 2000\r\n', 'Dockerfile')!;
  expect(uses.map(({ port }) => port)).toEqual([1000, 2000]);
});

test('here-documents are no instructions', () => {
  sees(`
    FROM node
    RUN <<EOF cat <<-"END"
    EXPOSE 1000
    EOF
    EXPOSE 2000
    \tEND
    EXPOSE 3000
           ^^^^ exposed 3000/tcp container -
    RUN echo $((1<<EOF))
    EXPOSE 4000
           ^^^^ exposed 4000/tcp container -
  `);
});

test('only the last stage is built, with what it has from its base', () => {
  const { stages } = sees(`
    FROM node AS base
    ENV PORT=3000
             ^^^^ environment 3000 container -
    ENTRYPOINT ["serve"]
    FROM base AS dev
    EXPOSE 9229
    CMD ["--port", "5173"]
    FROM base
    CMD ["--port", "8080"]
                    ^^^^ command 8080 container -
  `);
  expect(stages!.map(({ name, uses }) => [name, uses.map(({ port }) => port)])).toEqual([
    ['base', [3000]],
    ['dev', [9229, 3000, 5173]],
  ]);
});

test('an entry point takes off the command of the base', () => {
  sees(`
    FROM node AS base
    CMD ["serve", "--port", "3000"]
    FROM base
    ENTRYPOINT ["./start.sh"]
  `);
});
