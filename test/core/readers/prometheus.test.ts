import { describe, expect, test } from 'vitest';
import { prometheus } from '../../../server/src/core/readers/prometheus.ts';
import { reads } from '../../support/fixture.ts';

const config = (picture: string) => reads(prometheus, 'monitoring/prometheus.yml', picture);

describe('what is scraped', () => {
  test('are targets, in whatever notation', () => {
    config(`
      global:
        scrape_interval: 15s
      scrape_configs:
        - job_name: quays
          static_configs:
            - targets: ['quay:9100', "crane:9101", tug:9102]
                              ^^^^ upstream 9100 container quay host=quay
                                            ^^^^ upstream 9101 container crane host=crane
                                                       ^^^^ upstream 9102 container tug host=tug
              labels:
                dock: '7700'
            - targets:
              - pier-1:8000
                       ^^^^ upstream 8000 container pier-1 host=pier-1
              - pier-2
        - job_name: far
          metrics_path: /metrics
          static_configs:
            - targets:
                - host.docker.internal:9007
                                       ^^^^ upstream 9007 host - host=host.docker.internal
                - 10.1.2.3:9100
                           ^^^^ upstream 9100 host - host=10.1.2.3
                - light.harbour.example:9100
                                        ^^^^ upstream 9100 host - host=light.harbour.example
                - buoy.shore.svc.cluster.local:8080
                                               ^^^^ upstream 8080 container - host=buoy.shore.svc.cluster.local
                - '[::1]:9100'
                         ^^^^ upstream 9100 host - host=[::1]
    `);
  });

  test('localhost is Prometheus in its own job, and the machine in others', () => {
    config(`
      scrape_configs:
        - job_name: prometheus
          static_configs:
            - targets: [localhost:9091]
                                  ^^^^ upstream 9091 any -
        - job_name: itself
          static_configs:
            - targets: [localhost:9090]
                                  ^^^^ upstream 9090 any -
        - job_name: berths
          static_configs:
            - targets: [localhost:9006]
                                  ^^^^ upstream 9006 host - host=localhost
    `);
  });

  test('are probed through an exporter', () => {
    config(`
      scrape_configs:
        - job_name: probes
          static_configs:
            - targets:
                - http://quay:3000/health
                              ^^^^ url 3000 container quay host=quay
                - https://harbour.example
          relabel_configs:
            - source_labels: [__address__]
              target_label: __param_target
            - target_label: __address__
              replacement: blackbox:9115
                                    ^^^^ upstream 9115 container blackbox host=blackbox
            - target_label: dock
              replacement: dock:7
    `);
  });

  test('are looked up by name', () => {
    config(`
      scrape_configs:
        - job_name: swarm
          dns_sd_configs:
            - names: [tasks.tug]
              type: A
              port: 9100
                    ^^^^ upstream 9100 container tug host=tug
            - names: [tug, crane]
              port: 9101
    `);
  });

  test('aliases lead to a place once', () => {
    config(`
      scrape_configs:
        - job_name: a
          static_configs: &all
            - targets: [quay:9100]
                             ^^^^ upstream 9100 container quay host=quay
        - job_name: b
          static_configs: *all
    `);
  });
});

test('alerts and samples are sent', () => {
  config(`
    alerting:
      alertmanagers:
        - static_configs:
            - targets: [alertmanager:9093]
                                     ^^^^ upstream 9093 container alertmanager host=alertmanager
    remote_write:
      - url: http://store:8428/api/v1/write
                          ^^^^ url 8428 container store host=store
    remote_read:
      - url: "https://user:9999@store:8429/read"
                                      ^^^^ url 8429 container store host=store
    scrape_configs: []
  `);
});

test('what no port is, and what is to be filled in', () => {
  config(`
    scrape_configs:
      - job_name: quay
        static_configs:
          - targets: ['quay:70000', 'quay:0', 'quay:\${PORT}', '{{ host }}:9100', 'quay:{{ port }}', 'BERTH_HOST:9101']
                            ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
                                                                                                                ^^^^ upstream 9101 any -
          - targets: quay:9100
          - 17
  `);
});

describe('lists of targets', () => {
  test('in YAML', () => {
    reads(
      prometheus,
      'monitoring/berths.yml',
      `
      - targets:
          - quay:9100
                 ^^^^ upstream 9100 container quay host=quay
          - localhost:9006
                      ^^^^ upstream 9006 any -
        labels:
          dock: north
      - labels: {dock: south}
        targets: ['crane:9101']
                         ^^^^ upstream 9101 container crane host=crane
    `,
    );
  });

  test('in JSON', () => {
    reads(
      prometheus,
      'targets/berths.json',
      `
      [
        { "targets": ["quay:9100"], "labels": { "dock": "north" } }
                            ^^^^ upstream 9100 container quay host=quay
      ]
    `,
    );
  });
});

describe('other files', () => {
  test.each([
    [
      'rules',
      'groups:\n  - name: quay\n    rules:\n      - alert: Down\n        expr: up{instance="quay:9100"} == 0\n',
    ],
    ['a key of another meaning', 'scrape_configs: 9100\n'],
    ['the key in a text', 'notes: |\n  scrape_configs:\n    - targets: [quay:9100]\n'],
    ['lists that hold more', '- targets: [quay:9100]\n  hosts: all\n'],
    ['lists of objects', '- targets:\n    - expr: up\n'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(prometheus.read(text, 'monitoring/quay.yml')).toBeUndefined();
  });

  test('JSON is looked at only where its name calls for it', () => {
    const wanted = [
      'targets/a.json',
      'file_sd/a.json',
      'prometheus/a.json',
      'quay-targets.json',
      'filesd.json',
      'a.yml',
    ];
    const others = ['package.json', 'target/a.json', 'prometheus/boards/a.json', 'prometheus.json', 'a.toml'];
    expect(wanted.filter((path) => !prometheus.wants(path))).toEqual([]);
    expect(others.filter((path) => prometheus.wants(path))).toEqual([]);
  });
});
