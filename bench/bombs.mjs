// Texts in YAML that are known to end or to block programs that read it, each as a compose file.

const quay = 'services:\n  quay:\n    image: quay\n    ports: ["8080:80"]\n';
const lines = (count, line) => Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** What each is, and its text. */
export const bombs = {
  '2,000 nested flow sequences': `${'['.repeat(2000)}1${']'.repeat(2000)}\n`,
  'the same as the value of a service': `services:\n  a: ${'['.repeat(2000)}1${']'.repeat(2000)}\n`,
  '2,000 flow sequences, never closed': '['.repeat(2000),
  '2,000 nested block sequences on a line': '- '.repeat(2000),
  '2,000 nested explicit keys': '? '.repeat(2000),
  '2,000 nested flow maps, never closed': '{a: '.repeat(2000),
  '1,200 nested block maps': `services:\n${lines(1200, (n) => `${' '.repeat(n + 1)}a:`)}\n`,
  '4,000 keys merged 4,000 times': `base: &a\n${lines(4000, (n) => `  k${n}: 1`)}\nall:\n  <<: [${lines(4000, () => '*a,').replaceAll('\n', ' ')}]\n${quay}`,
  '20,000 sibling keys': `${quay}${lines(20_000, (n) => `  quay-number-${n}: {}`)}\n`,
  'aliases of aliases, 9^12 nodes': `a0: &a0 [x]\n${lines(12, (n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`)}\n${quay}`,
  'tags on tags, 400 kB': `${quay}    command: ${'!x '.repeat(130_000)}\n`,
  'one scalar of 900 kB': `${quay}    command: "${'x'.repeat(900_000)}"\n`,
  '10 MB of services': `services:\n${lines(150_000, (n) => `  quay-${n}:\n    image: quay\n    ports: ["${10_000 + (n % 50_000)}:80"]`)}\n`,
};
