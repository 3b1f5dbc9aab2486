import { test } from 'vitest';
import { compose } from '../../../server/src/core/readers/compose.ts';
import { reads } from '../../support/fixture.ts';

/** Reads one service `a` with the given picture below it. */
const service = (picture: string) =>
  reads(compose, 'compose.yaml', `      services:\n        a:\n          image: a${picture.trimEnd()}\n`);

test('environment: the ports of the service itself', () => {
  service(`
          environment:
            PORT: 8000
                  ^^^^ environment 8000 container a
            SERVER_PORT: "\${SERVER_PORT:-8001}"
                                         ^^^^ environment 8001 container a via=SERVER_PORT
            HTTP_PORT: \${HTTP_PORT}
                       ^^^^^^^^^^^^ environment ? container a via=HTTP_PORT
            ASPNETCORE_URLS: http://+:8002;http://*:8003
                                      ^^^^ environment 8002 container a
                                                    ^^^^ environment 8003 container a
            LISTEN_ADDR: :8004
                          ^^^^ environment 8004 container a
            BIND_ADDRESS: 0.0.0.0:8005
                                  ^^^^ environment 8005 container a
            VIRTUAL_PORT: 8006
                          ^^^^ label 8006 container a
            GRPC_HOST: 0.0.0.0
            GRPC_PORT: 8007
                       ^^^^ environment 8007 container a
            APP_HOST: localhost
            APP_PORT: 8008
                      ^^^^ environment 8008 container a host=localhost
  `);
});

test('environment as a list', () => {
  service(`
          environment:
            - PORT=8000
                   ^^^^ environment 8000 container a
            - "SERVER_PORT=\${P:-8001}"
                                ^^^^ environment 8001 container a via=P
            - APP_PORT
            - DB_HOST=db
            - DB_PORT=5432
                      ^^^^ url 5432 container db host=db within=a
            - API_URL=http://api:8080/v1?next=:90
                                 ^^^^ url 8080 container api host=api within=a
  `);
});

test('environment: the ports of others', () => {
  service(`
          environment:
            DB_HOST: \${DB_HOST:-db}
            DB_PORT: \${DB_PORT:-5432}
                                ^^^^ url 5432 container db host=db within=a via=DB_PORT
            PGHOST: pg
            PGPORT: 5433
                    ^^^^ url 5433 container pg host=pg within=a
            DATABASE_URL: postgres://user:p\${X}@s@db:5434/shop
                                                     ^^^^ url 5434 container db host=db within=a
            MONGO: mongodb://m1:27017,m2:27018/shop?replicaSet=a
                                ^^^^^ url 27017 container m1 host=m1 within=a
                                         ^^^^^ url 27018 container m2 host=m2 within=a
            KAFKA_BROKERS: k1:9092, k2:9093
                              ^^^^ url 9092 container k1 host=k1 within=a
                                       ^^^^ url 9093 container k2 host=k2 within=a
            QUORUM_VOTERS: 1@k1:9094
                                ^^^^ url 9094 container k1 host=k1 within=a
            UPSTREAM: api:8080/path
                          ^^^^ url 8080 container api host=api within=a
            SEARCH: http://\${SEARCH_HOST:-search}:\${SEARCH_PORT}
                                                  ^^^^^^^^^^^^^^ url ? container search host=search within=a via=SEARCH_PORT
            OLLAMA: http://host.docker.internal:11434
                                                ^^^^^ url 11434 host - host=host.docker.internal within=a
            PRINTER: http://192.168.1.20:631
                                         ^^^ url 631 host - host=192.168.1.20 within=a
  `);
});

test('environment: localhost has no owner', () => {
  service(`
          environment:
            ROOT_URL: http://localhost:3000
                                       ^^^^ url 3000 any - host=localhost within=a
            NEXT_PUBLIC_API_URL: http://localhost:8000
                                                  ^^^^ url 8000 host - host=localhost within=a
            CORS_ORIGINS: http://localhost:3001,http://127.0.0.1:3002
                                           ^^^^ url 3001 host - host=localhost within=a
                                                                 ^^^^ url 3002 host - host=127.0.0.1 within=a
            REDIS_HOST: localhost
            REDIS_PORT: 6379
                        ^^^^ url 6379 any - host=localhost within=a
  `);
});

test("environment: what is no port, or nobody's", () => {
  service(`
          environment:
            POSTGRES_MAX_CONNECTIONS: 200
            SMTP_PORT: 587
            MAIL_HOST: smtp.example.com
            MAIL_PORT: 465
            DB_HOST: \${DB_HOST}
            DB_PORT: 5432
            REPORT: 8080
            TRANSPORT: 8080
            MEMORY_MB: 4096
            BASE_IMAGE: redis:7
            RUN_AS_USER: 1000:1000
            START: "12:30"
            BILLING_URL: https://pay.example.com:8443/
            REDIS_URL: redis://:12345@cache
            TRICKY_URL: postgres://user:1234/5@db:5432/shop
            REDIS_DB: redis://cache/0
            PORT: 0
            SERVER_PORT: random
            HOOK: http://:x@/
            WAIT: db:5432
  `);
});

test('a service whose name holds a dot', () => {
  reads(
    compose,
    'compose.yaml',
    `
    services:
      worker-1.2:
        image: worker
      a:
        image: a
        environment:
          WORKER_URL: http://worker-1.2:8000
                                        ^^^^ url 8000 container worker-1.2 host=worker-1.2 within=a
    `,
  );
});

test('API_PORT is the own port of an API only', () => {
  reads(
    compose,
    'compose.yaml',
    `
    services:
      shop-api:
        image: a
        environment: {API_PORT: 8000}
                                ^^^^ environment 8000 container shop-api
      capital:
        image: b
        environment: {API_PORT: 8000}
    `,
  );
});

test.each([
  ['test: curl -f http://localhost:9006/health || exit 1', '9006', 'localhost'],
  ['test: ["CMD", "curl", "-f", "http://127.0.0.1:9006/"]', '9006', '127.0.0.1'],
  ['test: ["CMD-SHELL", "pg_isready -U u -p 5432"]', '5432', undefined],
  ['test: ["CMD", "pg_isready", "-h", "localhost", "-p", "5432"]', '5432', undefined],
  ['test: ["CMD", "redis-cli", "-p6380", "ping"]', '6380', undefined],
  ['test: mysqladmin ping --port=3307', '3307', undefined],
  ['test: mysqladmin ping -h 127.0.0.1 -p12345 -P 3307', '3307', undefined],
  ['test: pg_isready -h a -p 5433', '5433', undefined],
  ['test: nc -z localhost 9006', '9006', 'localhost'],
  ['test: ["CMD", "nc", "-z", "localhost", "9006"]', '9006', 'localhost'],
  ['test: wget -qO- localhost:9006/health', '9006', 'localhost'],
  ["test: bash -c ':> /dev/tcp/127.0.0.1/9006'", '9006', '127.0.0.1'],
  [`test: python -c "import socket; socket.create_connection(('localhost', 9006))"`, '9006', 'localhost'],
  ['test: curl http://a:9006/', '9006', 'a'],
])('healthcheck: %s', (line, port, host) => {
  const carets = `${' '.repeat(12 + line.indexOf(port))}${'^'.repeat(port.length)}`;
  const where = host === undefined ? '' : ` host=${host}`;
  service(`
          healthcheck:
            ${line}
${carets} healthcheck ${port} container a${where}
  `);
});

test('healthcheck: a block, a default, another service', () => {
  service(`
          healthcheck:
            interval: 30s
            retries: 5
            test: |
              curl http://localhost:\${P:-9006}/ &&
                                         ^^^^ healthcheck 9006 container a host=localhost via=P
              curl "http://api:8080/ready"
                               ^^^^ healthcheck 8080 container api host=api within=a
  `);
});

test('healthcheck: nothing to find', () => {
  service(`
          healthcheck:
            test: mysqladmin ping -h localhost -p12345
  `);
  service(`
          healthcheck:
            test: ["CMD", "pg_isready", "-h", "other", "-p", "5432"]
  `);
  service(`
          healthcheck:
            test: curl http://localhost:$\${PORT}/ --max-time 10 -w 200 && mkdir -p 8080
  `);
});

test.each([
  ['command: uvicorn app:app --host 0.0.0.0 --port 8000 --workers 4', '8000'],
  ['command: ["gunicorn", "-b", ":8000", "-w", "4", "app"]', '8000'],
  ['command: gunicorn --bind=0.0.0.0:8000 app', '8000'],
  ['command: next start -p 3000', '3000'],
  ['command: sh -c "npm run build && npx vite --port=5173"', '5173'],
  ['command: ["server", "/data", "--console-address", ":9001"]', '9001'],
  ['command: --web.listen-address=:9090', '9090'],
  ['command: ["--entrypoints.web.address=:80/tcp"]', '80'],
  ['command: python manage.py runserver 0.0.0.0:8000', '8000'],
  ['command: python -m http.server 8000', '8000'],
  ['command: java -Dserver.port=8080 -jar app.jar', '8080'],
  ['command: dockerd -H tcp://0.0.0.0:2375', '2375'],
  ['command: php -S 0.0.0.0:8080 -t public', '8080'],
  ['entrypoint: ["serve", "-p", "8080"]', '8080'],
])('%s', (line, port) => {
  const carets = `${' '.repeat(10 + line.lastIndexOf(port))}${'^'.repeat(port.length)}`;
  service(`
          ${line}
${carets} command ${port} container a
  `);
});

test('entrypoint and command are one command line', () => {
  service(`
          command: ["-p", "\${P:-8080}", "--api", "http://api:8081"]
                                ^^^^ command 8080 container a via=P
                                                             ^^^^ url 8081 container api host=api within=a
          entrypoint: [serve]
  `);
});

test.each([
  'command: mkdir -p 8080',
  'command: redis-cli -h cache --port 6379 ping',
  'command: app --workers 4 --timeout 3600 --max-size 8080',
  'command: app --metrics-url http://localhost:9090 --proxy 127.0.0.1:8080',
  'command: wait-for-it db:5432 --timeout=30',
  'command: chown 1000:1000 /data',
  'command: app --smtp-port 587 --db-port=5432',
  'command: postgres -c max_connections=200',
])('no port of its own: %s', (line) => {
  service(`
          ${line}
  `);
});

test('HOST and PORT may name another service', () => {
  reads(
    compose,
    'compose.yml',
    `
    services:
      books:
        image: odoo:17
        environment:
          HOST: ledger-db
          PORT: 5432
                ^^^^ url 5432 container ledger-db host=ledger-db within=books
      web:
        image: harbour/web
        environment:
          HOST: 0.0.0.0
          PORT: 8080
                ^^^^ environment 8080 container web
    `,
  );
});
