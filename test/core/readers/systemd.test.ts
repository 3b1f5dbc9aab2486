import { describe, expect, test } from 'vitest';
import { read } from '../../../server/src/core/analyze.ts';
import { systemd } from '../../../server/src/core/readers/systemd.ts';
import { reads } from '../../support/fixture.ts';

describe('which files are read', () => {
  test.each([
    'ops/quay.service',
    'quay@.service',
    'quay.socket',
    'quay.service.d/override.conf',
    'quay.container',
    'templates/quay.service.j2',
  ])('%s', (path) => expect(systemd.wants(path)).toBe(true));
  test.each(['src/quay.service.ts', 'quay.timer', 'service', 'services/quay.conf', '.service'])('not %s', (path) =>
    expect(systemd.wants(path)).toBe(false),
  );
  test('not the services of others', () => {
    expect(systemd.read('<service-group><port>80</port></service-group>', 'quay.service')).toBeUndefined();
    expect(systemd.read('[D-BUS Service]\nExec=quay --port 80\n', 'quay.service')).toBeUndefined();
    expect(systemd.read('[Service]\nExecStart=/usr/bin/quay\n', 'quay.service')).toBeUndefined();
  });
  test('an override is none of nginx', () =>
    expect(read('quay.service.d/override.conf', '[Service]\nEnvironment=PORT=9006\n')?.kind).toBe('systemd'));
});

test('a service: its command and its variables', () => {
  reads(
    systemd,
    'ops/berth-planner@.service',
    String.raw`
    [Unit]
    Description=Berth Planner on 9006
    # Environment=PORT=1
    [Service]
    Environment=NODE_ENV=production PORT=9006 "GREETING=two words" 'GRPC_PORT=50051'
                                         ^^^^ environment 9006 host berth-planner
                                                                              ^^^^^ environment 50051 host berth-planner
    Environment=TIDE_URL=http://localhost:9008/tide
                                          ^^^^ url 9008 host - host=localhost within=berth-planner
    ExecStartPre=/usr/bin/tool --port 9999
    ExecStart=/opt/berth/bin/serve --verbose \
        --port 9006 \
               ^^^^ command 9006 host berth-planner
        --peers %i
    ExecStart=-/usr/bin/gunicorn -b 127.0.0.1:9007 app
                                              ^^^^ command 9007 host berth-planner
    Environment=PORT=70000
                     ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
  `,
  );
});

test('a socket', () => {
  reads(
    systemd,
    'quay.socket',
    `
    [Socket]
    ListenStream=9006
                 ^^^^ listen 9006/tcp host quay
    ListenStream=127.0.0.1:9007
                           ^^^^ listen 9007/tcp host quay address=127.0.0.1
    ListenStream=[::]:9008
                      ^^^^ listen 9008/tcp host quay address=::
    ListenDatagram = 9009
                     ^^^^ listen 9009/udp host quay
    ListenStream=/run/quay.sock
    ListenStream=vsock:2:1234
    ListenStream=
  `,
  );
});

test('containers', () => {
  reads(
    systemd,
    'quay.service',
    `
    [Service]
    ExecStart=/usr/bin/docker run --rm --name harbour-quay -p 127.0.0.1:9006:8000 harbour/quay --port 8000
                                                                        ^^^^ published 9006/tcp host quay address=127.0.0.1
                                                                             ^^^^ target 8000/tcp container quay
    `,
  );
  reads(
    systemd,
    'quay.container',
    `
    [Container]
    Image=harbour/quay:2030
    PublishPort=9006:8000
                ^^^^ published 9006/tcp host quay
                     ^^^^ target 8000/tcp container quay
    Environment=PORT=8000
                     ^^^^ environment 8000 container quay
    Exec=serve --port 8000
                      ^^^^ command 8000 container quay
    HealthCmd=curl -f http://localhost:8000/
                                       ^^^^ healthcheck 8000 container quay host=localhost
  `,
  );
});
