import { describe, expect, test } from 'vitest';
import { read } from '../../server/src/core/analyze.ts';
import { times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';
import { hostileTexts } from '../support/hostile.ts';

const repeat = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const port = (i: number) => 10_000 + (i % 50_000);

const registry = (n: number) =>
  `# Port registry\n\n| Service | Port | Notes |\n|---|---|---|\n${repeat(n, (i) => `| quay-${i} | ${port(i)} | Berth ${i} |`)}\n`;

/** Files as people write them, only longer. */
const plain: Record<string, readonly [path: string, text: (n: number) => string]> = {
  'a table': ['PORTS.md', registry],
  'a list': ['PORTS.md', (n) => `# Ports\n\n${repeat(n, (i) => `- quay-${i}: ${port(i)}`)}\n`],
  headings: ['PORTS.md', (n) => `# Ports\n\n${repeat(n, (i) => `### Quay ${i} (Port ${port(i)})\n\nSome words.\n`)}\n`],
  prose: ['PORTS.md', (n) => `# Ports\n\n- quay: 8080\n\n${repeat(n, (i) => `Ship ${i} came in at ${port(i)}.\n`)}\n`],
  'a registry in YAML': ['ports.yaml', (n) => `services:\n${repeat(n, (i) => `  quay-${i}:\n    port: ${port(i)}`)}\n`],
  'a registry in JSON': [
    'ports.json',
    (n) =>
      JSON.stringify(
        { services: Array.from({ length: n }, (_, i) => ({ name: `quay-${i}`, port: port(i) })) },
        null,
        2,
      ),
  ],
  'a compose file': ['compose.yaml', compose],
  'an nginx file': [
    'nginx.conf',
    (n) => repeat(n, (i) => `server { listen ${port(i)}; location / { proxy_pass http://quay-${i}:8080; } }`),
  ],
  'a dotenv file': ['.env', (n) => repeat(n, (i) => `QUAY_${i}_PORT=${port(i)}\nQUAY_${i}_URL=http://quay-${i}:8080`)],
  'a configuration of Prometheus': [
    'prometheus.yml',
    (n) =>
      `scrape_configs:\n${repeat(n, (i) => `  - job_name: quay-${i}\n    static_configs:\n      - targets: ['quay-${i}:${port(i)}']`)}\n`,
  ],
  'a manifest of Kubernetes': ['quay.yaml', (n) => repeat(n, manifest)],
  'a configuration of Traefik': [
    'dynamic.yml',
    (n) =>
      `http:\n  services:\n${repeat(n, (i) => `    quay-${i}:\n      loadBalancer:\n        servers:\n          - url: http://quay-${i}:${port(i)}`)}\n`,
  ],
  'the same in TOML': [
    'traefik.toml',
    (n) => repeat(n, (i) => `[[http.services.quay-${i}.loadBalancer.servers]]\nurl = "http://quay-${i}:${port(i)}"`),
  ],
  'a Caddyfile': [
    'Caddyfile',
    (n) => repeat(n, (i) => `:${port(i)} {\n  reverse_proxy quay-${i}:8080 crane:{$PORT:80}\n}`),
  ],
  'a workflow': [
    '.github/workflows/ci.yml',
    (n) => `jobs:\n${repeat(n, (i) => `  quay-${i}:\n    services:\n      db:\n        ports: ['${port(i)}:5432']`)}\n`,
  ],
  'a dev container': [
    '.devcontainer.json',
    (n) =>
      `{\n  "forwardPorts": [\n${repeat(n, (i) => `    ${port(i)},`)}\n  ],\n  "portsAttributes": {\n${repeat(n, (i) => `    "${port(i)}": { "label": "Quay ${i}" }, // berth`)}\n  }\n}\n`,
  ],
  'a unit of systemd': [
    'quay.service',
    (n) => `[Service]\n${repeat(n, (i) => `Environment=PORT=${port(i)}\nExecStart=/bin/quay --port ${port(i)}`)}\n`,
  ],
  'a Procfile': ['Procfile', (n) => repeat(n, (i) => `quay-${i}: PORT=${port(i)} node quay-${i}`)],
  'a makefile': [
    'Makefile',
    (n) => repeat(n, (i) => `QUAY_${i}_PORT ?= ${port(i)}\nquay-${i}:\n\tPORT=${port(i)} node .`),
  ],
  'a README': ['README.md', (n) => `# Quay\n\n${repeat(n, (i) => `- Quay ${i}: http://localhost:${port(i)}/`)}\n`],
  'a package.json': [
    'package.json',
    (n) =>
      JSON.stringify({
        scripts: Object.fromEntries(Array.from({ length: n }, (_, i) => [`quay:${i}`, `next -p ${port(i)}`])),
      }),
  ],
  'a Dockerfile': [
    'Dockerfile',
    (n) => `FROM quay\n${repeat(n, (i) => `ENV QUAY_${i}=${port(i)}\nEXPOSE ${port(i)}`)}\n`,
  ],
};

function compose(n: number): string {
  const service = (i: number) => `  quay-${i}:
    image: harbour/quay
    ports:
      - "${port(i)}:8080"
    environment:
      PORT: 8080
      NEXT_URL: http://quay-${i + 1}:8080`;
  return `services:\n${repeat(n, service)}\n`;
}

function manifest(i: number): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: quay-${i}}
spec:
  ports:
    - port: 80
      targetPort: ${port(i)}`;
}

describe('reading grows with the text: files as people write them', () => {
  test.each(Object.entries(plain))('%s', async (_, [path, text]) => {
    const ratio = await growth(reading(path, text), times(1000, 4000));
    expect(ratio).toSatisfy(isLinear);
  });
});

describe('reading grows with the text: hostile files', () => {
  test.each(hostileTexts)('$path: $what', async ({ path, text }) => {
    const ratio = await growth(reading(path, text), times(20_000, 200_000));
    expect(ratio).toSatisfy(isLinear);
  });
});

/** @param text of so many characters, or lines, or whatever it is made of */
function reading(path: string, text: (n: number) => string): (n: number) => () => unknown {
  return (n) => {
    const made = text(n);
    return () => read(`/harbour/${path}`, made, true);
  };
}
