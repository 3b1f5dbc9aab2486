/** So many lines, by their number. */
export const many = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

/** A registry with these rows. */
export const registry = (rows: string) => `# Port registry\n\n| Service | Port |\n| --- | --- |\n${rows}`;

/** A number as a name: names that differ in nothing but digits might be taken for copies of one service. */
export function letters(n: number): string {
  return [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

/** Files in which so much of something is wrong, or seems to be, that each piece of it must be found at once. */
export const crowds: Readonly<Record<string, (count: number) => Record<string, string>>> = {
  'services that are all on a wrong port, in each other’s way and published twice': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| ${letters(n)}crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n${many(
      count,
      (n) =>
        `  ${letters(n)}crane:\n    ports: ["${10_000 + ((n + 1) % count)}:80", "${40_000 + (n >> 1)}:81"]\n` +
        `  ${letters(n)}gull:\n    ports: ["${30_000 + n}:80"]\n`,
    )}`,
  }),
  'wrong ports of one service': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${30_000 + n}:${20_000 + n}"\n`)}`,
  }),
  'right ports of one service': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${10_000 + n}:${20_000 + n}"\n`)}`,
  }),
  'equal ports of one service': (count) => ({
    'compose.yaml': `services:\n  crane:\n    ports: [${many(count, () => '"80-81:80-81", ')}]\n`,
  }),
  'addresses that lead to the outer ports of one service': (count) => ({
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${30_000 + n}:${20_000 + n}"\n`)}  gull:\n    environment:\n${many(count, (n) => `      A${n}_URL: http://crane:${30_000 + n}\n`)}`,
  }),
  'services on one port of many addresses': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  ${letters(n)}crane:\n    ports: ["10.0.${n >> 8}.${n & 255}:8080:80"]\n`)}`,
  }),
  'services on one port in many profiles': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  ${letters(n)}crane:\n    profiles: [p${n}]\n    ports: ["8080:80"]\n`)}`,
  }),
  'rows of one service in two registries': (count) => ({
    'PORTS.md': registry(many(count, () => '| crane | 8080 |\n')),
    'pier/PORTS.md': registry(many(count, () => '| crane | 9006 |\n')),
    'pier/compose.yaml': 'services:\n  crane:\n    ports: ["9007:80"]\n',
  }),
  'addresses in one command': (count) => ({
    'compose.yaml': `services:\n  crane:\n    command: "${many(count, () => 'http://crane:80 ')}"\n`,
  }),
  'services that extend each other': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  crane${n}:\n    extends: {service: crane${n + 1}}\n    ports: ["${10_000 + (n % 9000)}:80"]\n`)}`,
  }),
  'rows of which each port is given twice': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| ${letters(n)} | ${10_000 + n} |\n| ${letters(n)}x | ${10_000 + n} |\n`)),
  }),
  'nginx sending to wrong ports': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  ${letters(n)}:\n    ports: ["${10_000 + n}:80"]\n`)}`,
    'nginx.conf': many(count, (n) => `server { location / { proxy_pass http://${letters(n)}:${10_000 + n}; } }\n`),
  }),
};
