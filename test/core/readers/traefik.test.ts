import { describe, expect, test } from 'vitest';
import { traefik } from '../../../server/src/core/readers/traefik.ts';
import { reads } from '../../support/fixture.ts';

const yaml = (picture: string) => reads(traefik, 'traefik/dynamic.yml', picture);
const toml = (picture: string) => reads(traefik, 'traefik/dynamic.toml', picture);

test('entry points', () => {
  yaml(`
    api:
      dashboard: true
    entryPoints:
      web:
        address: ":80"
                   ^^ listen 80/tcp any -
        http:
          redirections: {entryPoint: {to: websecure}}
      websecure:
        address: :443
                  ^^^ listen 443/tcp any -
      local: {address: "127.0.0.1:8080/tcp"}
                                  ^^^^ listen 8080/tcp any - address=127.0.0.1
      quic:
        address: '[::1]:8443/udp'
                        ^^^^ listen 8443/udp any - address=::1
      all:
        address: 0.0.0.0:8081
                         ^^^^ listen 8081/tcp any -
      dns:
        address: ":53/any"
    providers:
      file: {directory: /etc/traefik}
  `);
});

describe('servers', () => {
  test('of all protocols', () => {
    yaml(`
      http:
        routers:
          quay: {rule: "Host(\`harbour.example\`)", service: quay}
        services:
          quay:
            loadBalancer:
              healthCheck: {path: /health, interval: 5000}
              servers:
                - url: http://quay:3000
                                   ^^^^ proxy 3000 container quay host=quay
                - url: "http://crane:3001/"
                                     ^^^^ proxy 3001 container crane host=crane
                - url: http://tug
          Berth.Planner:
            loadbalancer:
              servers: [{url: "http://host.docker.internal:9007"}, {url: http://localhost:9008}]
                                                           ^^^^ proxy 9007 host Berth.Planner host=host.docker.internal
                                                                                          ^^^^ proxy 9008 host Berth.Planner host=localhost
        middlewares:
          auth:
            forwardAuth: {address: "http://light:9091/verify"}
                                                 ^^^^ url 9091 container light host=light
          cors:
            headers:
              accessControlAllowOriginList: ["http://localhost:9080"]
      tcp:
        services:
          ledger:
            loadBalancer:
              servers:
                - address: ledger-db:5432
                                     ^^^^ proxy 5432 container ledger-db host=ledger-db
      udp:
        services:
          fog:
            loadBalancer:
              servers: [{address: "fog:5353"}]
                                       ^^^^ proxy 5353 container fog host=fog
    `);
  });

  test('of no port, and of one that is to be filled in', () => {
    yaml(`
      http:
        services:
          quay:
            loadBalancer:
              servers:
                - url: http://quay:70000
                                   ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
                - url: 'http://quay:{{ env "PORT" }}'
                - url: 'http://{{ env "HOST" }}:8080'
                - url: [http://quay:80]
    `);
  });

  test('in TOML', () => {
    toml(`
      # [entryPoints.none]
      [entryPoints]
        [entryPoints.web]
        address = ":80" # for all
                    ^^ listen 80/tcp any -
      [http.services]
        [http.services.quay.loadBalancer]
          [[http.services.quay.loadBalancer.servers]]
            url = "http://quay:3000"
                               ^^^^ proxy 3000 container quay host=quay
          [[http.services."crane".loadBalancer.servers]]
            url = 'http://crane:3001'
                                ^^^^ proxy 3001 container crane host=crane
      [[tcp.services.ledger.loadBalancer.servers]]
      address = "ledger-db:5432"
                           ^^^^ proxy 5432 container ledger-db host=ledger-db
      [backends.tug.servers.one]
      url = "http://tug:3002"
                        ^^^^ proxy 3002 container tug host=tug
      [accessLog]
      address = ":9000"
    `);
  });
});

describe('other files', () => {
  test.each([
    ['values of a chart', 'service:\n  loadBalancer: true\nhttp:\n  port: 8080\n'],
    ['a compose file', 'services:\n  quay:\n    deploy: {labels: ["http.loadbalancer.port=80"]}\n'],
    ['a mesh', 'tcp:\n  - loadBalancer: {servers: [{url: "http://quay:80"}]}\n'],
    ['texts', 'http: |\n  services:\n    quay: {loadBalancer: {servers: [{url: http://quay:80}]}}\n'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(traefik.read(text, 'traefik/quay.yml')).toBeUndefined();
  });

  test('TOML is looked at only where its path calls for it', () => {
    expect(traefik.wants('traefik/rules/a.toml')).toBe(true);
    expect(traefik.wants('deploy/traefik.prod.toml')).toBe(true);
    expect(traefik.wants('pyproject.toml')).toBe(false);
  });
});
