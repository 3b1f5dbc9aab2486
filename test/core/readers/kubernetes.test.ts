import { describe, expect, test } from 'vitest';
import { kubernetes } from '../../../server/src/core/readers/kubernetes.ts';
import { reads } from '../../support/fixture.ts';

const manifest = (picture: string) => reads(kubernetes, 'k8s/quay.yaml', picture);

describe('a Service', () => {
  test('has ports for the cluster, for its pods and for the nodes', () => {
    manifest(`
      apiVersion: v1
      kind: Service
      metadata:
        name: quay
      spec:
        type: NodePort
        selector: {app: quay}
        ports:
          - name: http
            port: 80
                  ^^ exposed 80/tcp container quay
            targetPort: 8080
                        ^^^^ target 8080/tcp container quay
            nodePort: 30080
                      ^^^^^ published 30080/tcp host quay
          - {name: dns, port: 53, protocol: UDP, targetPort: dns}
                              ^^ exposed 53/udp container quay
          - port: "9100"
                   ^^^^ exposed 9100/tcp container quay
          - port: 7
            protocol: PGM
    `);
  });

  test('may leave a port to a variable', () => {
    manifest(`
      apiVersion: v1
      kind: Service
      metadata: {name: quay}
      spec:
        ports:
          - port: \${QUAY_PORT}
                  ^^^^^^^^^^^^ exposed ?/tcp container quay via=QUAY_PORT
            targetPort: $(TARGET)
    `);
  });

  test('of another API is none', () => {
    manifest(`
      apiVersion: serving.knative.dev/v1
      kind: Service
      metadata: {name: quay}
      spec:
        ports:
          - port: 80
        template:
          spec:
            containers:
              - image: harbour/quay
                ports:
                  - containerPort: 8080
                                   ^^^^ exposed 8080/tcp container quay
    `);
  });
});

describe('containers', () => {
  test('of a workload: ports, environment and probes', () => {
    manifest(`
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: quay
      spec:
        replicas: 3000
        template:
          metadata:
            annotations:
              prometheus.io/port: "9464"
          spec:
            initContainers:
              - name: wait
                ports: [{containerPort: 7000}]
                                        ^^^^ exposed 7000/tcp container quay container=wait
            containers:
              - name: quay
                image: harbour/quay:1.2
                ports:
                  - name: http
                    containerPort: 8080
                                   ^^^^ exposed 8080/tcp container quay
                  - containerPort: 8443
                                   ^^^^ exposed 8443/tcp container quay
                    hostPort: 443
                              ^^^ published 443/tcp host quay address=10.0.0.1
                    hostIP: 10.0.0.1
                  - containerPort: 5353
                                   ^^^^ exposed 5353/udp container quay
                    protocol: UDP
                env:
                  - name: PORT
                    value: "8080"
                            ^^^^ environment 8080 container quay
                  - name: LOG_LEVEL
                    value: "5000"
                  - name: PGPORT
                    value: "5432"
                  - name: PGHOST
                    value: ledger-db
                livenessProbe:
                  httpGet: {path: /alive, port: 8080}
                                                ^^^^ healthcheck 8080 container quay
                readinessProbe:
                  httpGet:
                    path: /ready
                    port: http
                startupProbe:
                  tcpSocket: {port: 8443}
                                    ^^^^ healthcheck 8443 container quay
              - name: metrics
                ports:
                  - containerPort: 9464
                                   ^^^^ exposed 9464/tcp container quay container=metrics
                readinessProbe:
                  grpc: {port: 9465}
                               ^^^^ healthcheck 9465 container quay container=metrics
                livenessProbe:
                  httpGet: {host: crane, port: 9000}
    `);
  });

  test('of all other workloads', () => {
    manifest(`
      apiVersion: v1
      kind: Pod
      metadata: {name: tug}
      spec:
        hostNetwork: true
        containers: [{name: tug, ports: [{containerPort: 9100}]}]
                                                         ^^^^ exposed 9100/tcp host tug
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: sweep}
      spec:
        jobTemplate:
          spec:
            template:
              spec:
                containers:
                  - name: broom
                    ports:
                      - containerPort: 9200
                                       ^^^^ exposed 9200/tcp container sweep container=broom
      ---
      apiVersion: v1
      kind: List
      items:
        - apiVersion: apps/v1
          kind: StatefulSet
          metadata: {name: ledger}
          spec:
            template:
              spec:
                containers:
                  - ports:
                      - containerPort: 9300
                                       ^^^^ exposed 9300/tcp container ledger
    `);
  });
});

describe('requests from outside', () => {
  test('go by an Ingress to Services, by number or by name', () => {
    manifest(`
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: harbour}
      spec:
        defaultBackend:
          service: {name: light, port: {number: 81}}
                                                ^^ proxy 81 container light
        rules:
          - host: harbour.example
            http:
              paths:
                - path: /quay
                  backend:
                    service:
                      name: quay
                      port:
                        number: 80
                                ^^ proxy 80 container quay
                - path: /crane
                  backend:
                    service:
                      name: crane
                      port:
                        name: http
      ---
      apiVersion: extensions/v1beta1
      kind: Ingress
      metadata: {name: old}
      spec:
        backend: {serviceName: light, servicePort: 82}
                                                   ^^ proxy 82 container light
        rules:
          - http:
              paths:
                - backend:
                    serviceName: quay
                    servicePort: 8080
                                 ^^^^ proxy 8080 container quay
                - backend: {serviceName: quay, servicePort: http}
    `);
  });

  test('or by routes of other kinds', () => {
    manifest(`
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: quay}
      spec:
        rules:
          - backendRefs:
              - name: quay
                port: 80
                      ^^ proxy 80 container quay
              - {name: quay, namespace: abroad, port: 81}
      ---
      apiVersion: traefik.io/v1alpha1
      kind: IngressRoute
      metadata: {name: quay}
      spec:
        routes:
          - match: Host(\`harbour.example\`)
            services:
              - name: crane
                port: 9000
                      ^^^^ proxy 9000 container crane
    `);
  });
});

test('numbers that are no ports', () => {
  manifest(`
    apiVersion: v1
    kind: Service
    metadata: {name: quay}
    spec:
      ports:
        - port: 70000
                ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
        - port: 0
        - nodePort: -1
        - port: [80]
  `);
});

describe('other files', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: quay}\nspec:\n  ports:\n    - port: 80\n';

  test.each([
    ['a template with values', service.replace('80', '{{ .Values.port }}')],
    ['a template with quoted values', service.replace('80', '"{{ .Values.port }}"')],
    ['a template with control lines', `{{- if .Values.quay }}\n${service}{{- end }}\n`],
    ['a template of another kind', `{% if quay %}\n${service}{% endif %}\n`],
    ['another kind', service.replace('Service', 'ConfigMap')],
    ['no version', service.replace('apiVersion: v1\n', '')],
    ['a chart', 'apiVersion: v2\nname: quay\nversion: 1.0.0\n'],
    ['text in a block', 'text: |\n  apiVersion: v1\n  kind: Service\n'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(kubernetes.read(text, 'k8s/quay.yaml')).toBeUndefined();
  });

  test('lines end as they like', () => {
    expect(kubernetes.read(service.replaceAll('\n', '\r\n'), 'quay.yaml')?.uses).toMatchObject([{ port: 80 }]);
  });
});
