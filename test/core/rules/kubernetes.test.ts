import { describe, test } from 'vitest';
import { checks, fixed } from '../../support/workspace.ts';

const rows = (header: string, row: string) => `
  --- PORTS.md
  # Port registry

  | Service | ${header} |
  |---|---|
  | ${row} |
`;
const registry = `
  --- PORTS.md
  # Port registry

  | Service | Host port | Container port | Node port |
  |---|---|---|---|
  | quay | 9006 | 8001 | 30080 |
  | berth-planner | 9007 | 8002 | |
`;

const deployment = (name: string, port: string, more = '') => `
  --- k8s/${name}.yaml
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: ${name}}
  spec:
    template:
      spec:
        containers:
          - name: app
            ports:
              - containerPort: ${port}
${more}`;

describe('a workload and its registry', () => {
  test('agree', () => checks(registry + deployment('quay', '8001')));

  test('disagree about the inside', () =>
    checks(
      registry +
        deployment(
          'quay',
          `8003
                               ^^^^ port-mismatch: quay exposes 8003, but the registry gives "quay" 8001 (PORTS.md:5).`,
        ),
    ));

  test('are not compared by the published port', () =>
    checks(rows('Port', 'quay | 9006') + deployment('quay', '8003')));

  test('are not compared where nobody knows which port is meant', () =>
    checks(registry + deployment('quay', '8003', '              - containerPort: 9464\n')));

  test('nor where every image of the kind listens there', () => checks(registry + deployment('quay', '80')));

  test('nor by what is a mere kind', () => checks(rows('Container port', 'api | 8001') + deployment('api', '8003')));

  test('disagree about a port that the service has left', () =>
    checks(
      rows('Port', 'tide-gauge | 8102') +
        '\n  ## Migration\n\n  - tide-gauge (8101 → 8102)\n' +
        deployment(
          'tide-gauge',
          `8101
                               ^^^^ port-mismatch: tide-gauge exposes 8101, but the registry gives "tide-gauge" 8102 (PORTS.md:5).`,
        ),
    ));
});

describe('a published port and its registry', () => {
  const service = (name: string, port: string) => `
  --- k8s/service.yaml
  apiVersion: v1
  kind: Service
  metadata: {name: ${name}}
  spec:
    ports:
      - port: 80
        nodePort: ${port}
`;

  test('agree', () => checks(registry + service('quay', '30080')));

  test('disagree', () =>
    checks(
      registry +
        service(
          'quay',
          `30081
                  ^^^^^ port-mismatch: quay publishes 30081, but the registry gives "quay" 30080 (PORTS.md:5).`,
        ),
    ));

  test('are not compared where the registry speaks of no such ports', () =>
    checks(registry + service('berth-planner', '30081')));
});

describe('what is sent to a Service', () => {
  const service = (ports: string) => `
  apiVersion: v1
  kind: Service
  metadata: {name: quay}
  spec:
    ports: [${ports}]
  ---
`;
  const ingress = (picture: string) => `
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: harbour}
  spec:
    defaultBackend:
      service:
        name: quay
        port:
          number: ${picture}
`;
  const file = '  --- k8s/quay.yaml';

  test('arrives at a port that it has', () =>
    checks(file + service('{port: 80, targetPort: 8001}') + ingress('80').slice(1)));

  test('arrives nowhere', () =>
    checks(
      file +
        service('{port: 80, targetPort: 8001}') +
        ingress(
          `8001
                  ^^^^ upstream-mismatch: The Service quay has no port 8001; it has 80.`,
        ).slice(1),
    ));

  test('is not judged where a port is left to a variable, or where the Service is elsewhere', () => {
    checks(file + service('{port: 80}, {port: "$PORT"}') + ingress('8001').slice(1));
    checks(file + ingress('8001'));
  });

  test('is mended', () => {
    const at = (port: number) => file + service('{port: 80, targetPort: 8001}') + ingress(`${port}`).slice(1);
    fixed(at(8001), at(80));
  });
});

describe('where a Service leads', () => {
  const labels = '{app: quay, tier: web}';
  const pods = (container: string, more = '', selected = labels) => `
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: quay-web}
  spec:
    template:
      metadata: {labels: ${selected}}
      spec:
        containers:
          - {name: app, ${container}}
${more}  ---
  apiVersion: v1
  kind: Service
  metadata: {name: quay}
  spec:
    selector: {app: quay}
    ports:
      - port: 80
        targetPort: `;
  const file = '  --- k8s/quay.yaml';
  const sure = 'ports: [{containerPort: 8080}], readinessProbe: {httpGet: {port: 8080}}';
  const wrong = `3000
                    ^^^^ upstream-mismatch: Nothing listens on 3000 in quay-web; it listens on 8080.
`;

  test('is where its pods listen', () => checks(`${file}${pods(sure)}8080\n`));

  test('is where they do not', () => {
    checks(file + pods(sure) + wrong);
    checks(file + pods('ports: [{containerPort: 8080}], env: [{name: PORT, value: "8080"}]') + wrong);
  });

  test.each([
    ['only the port of the container is told', pods('ports: [{containerPort: 8080}]')],
    ['a check is on another port', pods('ports: [{containerPort: 8080}], livenessProbe: {httpGet: {port: 8081}}')],
    [
      'a port is left to a variable',
      pods('ports: [{containerPort: $PORT}, {containerPort: 8080}], readinessProbe: {httpGet: {port: 8080}}'),
    ],
    ['another container may listen', pods(sure, '          - {name: gate}\n')],
    ['other pods are chosen', pods(sure, '', '{app: crane}')],
  ])('is not judged where %s', (_, text) => checks(`${file}${text}3000\n`));

  test('is not judged where the Service has a port for metrics beside it', () =>
    checks(`${file}${pods(sure)}http\n      - port: 9464\n        targetPort: 9464\n`));

  test('is not judged across namespaces', () =>
    checks(`${file}${pods(sure).replace('{name: quay-web}', '{name: quay-web, namespace: abroad}')}3000\n`));
});

test('all places of a service that say the same are mended at once', () => {
  const at = (port: number) =>
    registry +
    deployment(
      'quay',
      `${port}`,
      `            env: [{name: PORT, value: "${port}"}]
            readinessProbe: {httpGet: {port: ${port}}}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: quay}
  spec:
    ports: [{port: 80, targetPort: ${port}}]
`,
    );
  fixed(at(8003), at(8001));
});
