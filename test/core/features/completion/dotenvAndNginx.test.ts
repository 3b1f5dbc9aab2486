import { describe, expect, test } from 'vitest';
import { offered } from '../../../support/completion.ts';

const harbour = `--- PORTS.md
# Ports

| Service    | Host port |
| ---------- | --------- |
| crane      | 4100      |
| tide-gauge | 4103      |
| nginx      | 4180      |
--- compose.yaml
services:
  crane:
    image: crane
    ports:
      - "\${CRANE_PORT:-4100}:8000"
    environment:
      PORT: \${INSIDE}
  tide-gauge:
    image: gauge
    env_file: gauge.env
    expose: [3000]
  nginx:
    image: nginx
    ports: ["4181:80"]
`;

const gauge = '4103: tide-gauge · PORTS.md:6';

describe('a dotenv file', () => {
  test('a variable that a compose file reads', () => {
    expect(offered(`${harbour}--- .env\nCRANE_PORT=‸\n`)).toEqual([
      '* 4100: crane · PORTS.md:5',
      '4101: next free port',
    ]);
    expect(offered(`${harbour}--- .env\nINSIDE=8‸\n`)).toEqual(['8000: crane · target in compose.yaml:5']);
  });

  test('a variable that is named after a service', () => {
    expect(offered(`${harbour}--- .env\nexport TIDE_GAUGE_PORT=‸\n`)).toEqual([`* ${gauge}`, '4104: next free port']);
  });

  test('a variable of the container that is given the file', () => {
    expect(offered(`${harbour}--- gauge.env\nPORT=‸\n`)).toEqual(['3000: tide-gauge · exposed in compose.yaml:11']);
  });

  test.each(['CRANE_HOST=‸', '# CRANE_PORT=‸', 'CRANE_PORT‸', 'CRANE_PORT=4100 ‸', 'PORT_COUNT=‸', 'CRANE_PORT=a‸'])(
    'nothing at %j',
    (line) => {
      expect(offered(`${harbour}--- .env\nA_PORT=9\n${line}\n`)).toEqual([]);
    },
  );
});

/** A file of nginx with one unfinished line in its location. */
function site(line: string, around = 'location / {'): string {
  return `${harbour}--- nginx.conf\nserver {\n  listen 80;\n  ${around}\n    ${line}\n  }\n}\n`;
}

describe('an nginx file', () => {
  test.each([
    'proxy_pass http://crane:‸;',
    'proxy_pass http://crane:‸',
    'proxy_pass http://crane:80‸00/path/;',
    'grpc_pass grpc://crane:‸;',
    'set $up http://crane:‸;',
    'set $up "http://crane:‸";',
  ])('%j is sent to where the service listens', (line) => {
    expect(offered(site(line))).toEqual(['* 8000: crane · target in compose.yaml:5']);
  });

  test('a server of an upstream group', () => {
    expect(offered(site('server crane:‸;', 'upstream a {'))).toEqual(['* 8000: crane · target in compose.yaml:5']);
    expect(offered(site('server 127.0.0.1:‸;', 'upstream tide_gauge {'))).toEqual([
      `* ${gauge}`,
      '4100: crane · PORTS.md:5',
      '4180: nginx · PORTS.md:7',
    ]);
    expect(offered(site('server crane:‸;'))).toEqual([]);
  });

  test('its own machine has the ports of the registry, those of the path first', () => {
    const routes = harbour
      .replace('| Host port |', '| Host port | Route |')
      .replace('| --------- |', '| --- | --- |')
      .replace('| 4103      |', '| 4103 | /tides |')
      .replace('| 4100      |', '| 4100 | /cranes |');
    const nginx = site('proxy_pass http://127.0.0.1:‸;', 'location /tides/ {').slice(harbour.length);
    expect(offered(routes + nginx)).toEqual([`* ${gauge}`, '4100: crane · PORTS.md:5', '4180: nginx · PORTS.md:7']);
    expect(offered(site('proxy_pass http://host.docker.internal:‸;'))).toHaveLength(3);
  });

  test('listens where its container does', () => {
    expect(offered(site('').replace('listen 80;', 'listen ‸;\n  listen 81;'))).toEqual([
      '80: nginx · target in compose.yaml:14',
      '443: nginx · usual for nginx',
    ]);
  });

  test('on the host listens where the registry says, or on a free port', () => {
    const file = site('proxy_pass http://127.0.0.1:4100;').replace(
      'listen 80;',
      'listen 127.0.0.1:‸ ssl;\n  listen 81;',
    );
    expect(offered(file)).toEqual(['* 4180: nginx · PORTS.md:7', '4182: next free port']);
  });

  test.each([
    'proxy_pass http://crane‸;',
    'proxy_pass http://crane:8000‸1.example;',
    'proxy_pass http://crane.example.com:‸;',
    'proxy_pass http://$host:‸;',
    '# proxy_pass http://crane:‸',
    'proxy_pass http://crane:8000; # http://crane:‸',
    'proxy_set_header Host crane:‸;',
    'listen_backlog ‸;',
    'return 301 http://crane:‸;',
  ])('nothing at %j', (line) => {
    expect(offered(site(line))).toEqual([]);
  });
});
