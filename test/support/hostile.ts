/** A kind of text against which programs are known to fail, in any length. */
interface Hostile {
  readonly path: string;
  readonly what: string;
  /** @param n about so many characters */
  text(n: number): string;
}

const many = (n: number, piece: string) => piece.repeat(Math.ceil(n / piece.length));
const lines = (n: number, line: (i: number) => string) => {
  const all: string[] = [];
  for (let i = 0, length = 0; length < n; i++) {
    const next = line(i);
    all.push(next);
    length += next.length + 1;
  }
  return all.join('\n');
};
const table = '# Ports\n\n| Service | Port | Notes |\n|---|---|---|\n';
const service = 'services:\n  quay:\n    image: quay\n';

const yaml: Record<string, Hostile['text']> = {
  'merge keys': (n) =>
    `base: &a\n${lines(n / 2, (i) => `  k${i}: 1`)}\nb:\n  <<: [${many(n / 2, '*a, ')}]\nservices:\n  quay: {image: a}\n`,
  'an alias bomb': (n) =>
    `a0: &a0 [x]\n${lines(n, (i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)}\nservices:\n  quay: {image: a}\n`,
  'an alias chain': (n) =>
    `x-all:\n- &a0 [x]\n${lines(n, (i) => `- &a${i + 1} [*a${i}]`)}\nservices:\n  quay: {image: a}\n`,
  'flow sequences': (n) => `services:\n  a: ${many(n, '[')}${many(n, ']')}`,
  'flow sequences, never closed': (n) => `services:\n  a: ${many(n, '[')}`,
  'flow maps': (n) => `services: ${many(n, '{a: ')}`,
  'block sequences': (n) => `services:\n  ${many(n, '- ')}`,
  'explicit keys': (n) => `services:\n  ${many(n, '? ')}`,
  'block maps': (n) =>
    `services:\n${Array.from({ length: Math.sqrt(2 * n) }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`,
  'many keys': (n) => `services:\n${lines(n, (i) => `  key${i}: ${i}`)}\n`,
  'one key again and again': (n) => `services:\n${many(n, '  quay: {ports: ["80:80"]}\n')}`,
  'one scalar': (n) => `${service}    command: "${many(n, 'x')}"\n`,
  'tag soup': (n) => `services:\n  a: ${many(n, '!x ')}\n`,
  'anchor soup': (n) => `services:\n  a: ${many(n, '&a ')}\n`,
  quotes: (n) => `services:\n  a: ${many(n, '"')}\n`,
  tabs: (n) => `services:\n${many(n, '\t')}\n`,
  comments: (n) => `${service}${many(n, '# portolan-ignore\n')}`,
  documents: (n) => `${service}${many(n, '---\n')}`,
  'block scalars': (n) => `services:\n${many(n, '  a: |\n    x\n')}`,
  'lines in a block scalar': (n) => `${service}    command: |\n${many(n, '      serve --port 80\n')}`,
  'empty lines': (n) => `services:\n  a: >\n${many(n, '\n')}    x\n`,
  ports: (n) => `${service}    ports: [${many(n, '"80-81:80-81", ')}]\n`,
  'references in a command': (n) => `${service}    command: "${many(n, 'http://quay:80 ')}"\n`,
  variables: (n) => `${service}    ports: ["${many(n, '${A:-')}80${many(n, '}')}:80"]\n`,
};

const markdown: Record<string, Hostile['text']> = {
  rows: (n) => table + many(n, '| quay | 8080 | x |\n'),
  columns: (n) => `# Ports\n\n${many(n, '| Port ')}|\n${many(n / 2, '|---')}|\n${many(n, '| 80 ')}|\n`,
  'brackets that never close': (n) => `${table}| quay | 8080 | ${many(n, '[')} |\n`,
  'links that never close': (n) => `# Ports\n\n- quay: 8080 ${many(n, '[a](')}\n`,
  parentheses: (n) => `# Ports\n\n- 8080: ${many(n, '(')}\n`,
  'nested quotes': (n) => `# Port 8080\n\n${many(n, '>')} - a: 8080\n`,
  'nested lists': (n) =>
    `# Ports\n\n${Array.from({ length: Math.sqrt(n) }, (_, i) => `${'  '.repeat(i)}- quay: 8080`).join('\n')}\n`,
  'nested lists on a line': (n) => `# Ports\n\n${many(n, '* ')}quay: 8080\n`,
  backticks: (n) => `# Ports\n\n- ${many(n, '`')}8080 - x\n`,
  'growing backticks': (n) =>
    `# Ports\n\n- ${Array.from({ length: Math.sqrt(2 * n) }, (_, i) => '`'.repeat(i + 1)).join(' ')}8080\n`,
  pipes: (n) => `${table}${many(n, '|')}\n`,
  stars: (n) => `${table}| ${many(n, '*a_ ')} | 8080 | x |\n`,
  'an HTML tag': (n) => `# Ports\n\n- quay: 8080\n\n<a ${many(n, 'b ')}\n`,
  'an HTML tag of blanks': (n) => `# Ports\n\n- quay: 8080\n\n<a${many(n, ' ')}b\n`,
  'HTML comments': (n) => `# Ports\n\n- quay: 8080 ${many(n, '<!--')}\n`,
  'comments that ignore': (n) => `# Ports\n\n- quay: 8080\n${many(n, '<!-- portolan-ignore -->\n')}`,
  fences: (n) => `# Ports\n\n${many(n, '```\n')}`,
  'a map in a fence': (n) => `# Ports\n\n\`\`\`\n${many(n, '8080 quay\n')}\`\`\`\n`,
  'link references': (n) => `# Ports\n\n- quay: 8080\n\n${lines(n, (i) => `[a${i}]: <`)}\n`,
  'setext headings': (n) => `# Ports\n\n- quay: 8080\n\n${many(n, 'a\n')}===\n`,
  entities: (n) => `${table}| ${many(n, '&amp;')} | 8080 | x |\n`,
  headings: (n) => `# Ports\n\n${many(n, '### Quay (Port 8080)\n')}`,
  'a heading': (n) => `# Ports\n\n${many(n, '# x# 8080 ')}\n`,
  'ports on a line': (n) => `# Ports\n\n- quay: 8080 ${many(n, '9006 ')}\n`,
  'arrows on a line': (n) => `# Ports\n\n- quay: ${many(n, '8080 → ')}\n`,
  'words of authority': (n) => `# Ports\n\n- quay: 8080\n\n${many(n, 'canonical')}\n`,
  'words of authority and of ports': (n) => `# Ports\n\n- quay: 8080\n\n${many(n, 'official ports ')}\n`,
};

const nginx: Record<string, Hostile['text']> = {
  'opening braces': (n) => `listen 80;${many(n, '{')}`,
  'closing braces': (n) => `listen 80;${many(n, '}')}`,
  'nested blocks': (n) => `listen 80;${many(n, 'server{')}`,
  'a quote that never closes': (n) => `listen 80; set $a "${many(n, 'x ')}`,
  quotes: (n) => `listen 80;${many(n, '"')}`,
  'Lua blocks': (n) => `listen 80; ${many(n, 'content_by_lua_block { if a then "}" } ')}`,
  'a Lua block that never closes': (n) => `listen 80; content_by_lua_block {${many(n, '{ "')}`,
  arguments: (n) => `listen ${many(n, 'a ')};`,
  'directives without an end': (n) => many(n, 'listen 80\n'),
  variables: (n) => `listen 80; proxy_pass http://${many(n, '$a')};`,
  'variables that name each other': (n) =>
    `listen 80; ${lines(n, (i) => `set $a${i + 1} $a${i};`)} proxy_pass http://$a9:80;`,
  'groups of one name': (n) => `listen 80; ${many(n, 'upstream a { server b:80; } ')}`,
  locations: (n) => `server { listen 80; ${lines(n, (i) => `location /a${i} { proxy_pass http://quay:8080; }`)} }`,
  includes: (n) => `listen 80; ${many(n, 'include nginx.conf; ')}`,
  comments: (n) => `listen 80;\n${many(n, '# portolan-ignore\n')}`,
};

const dotenv: Record<string, Hostile['text']> = {
  'a quote that never closes': (n) => `A_PORT=80\nB="${many(n, 'x\n')}`,
  quotes: (n) => `A_PORT=${many(n, '"')}\n`,
  'one line': (n) => `A_PORT=${many(n, '8')}\n`,
  'no values': (n) => many(n, 'A_PORT\n'),
  variables: (n) => `A_PORT=${many(n, '${A:-')}80\n`,
  'variables that name each other': (n) => lines(n, (i) => `A${i + 1}_PORT=\${A${i}_PORT}`),
  hosts: (n) => `A_HOSTS=${many(n, 'a:80,')}!\n`,
  URLs: (n) => `A_URL=${many(n, 'http://a@')}\n`,
};

const dockerfile: Record<string, Hostile['text']> = {
  'lines that go on': (n) => `FROM a\nRUN ${many(n, 'a \\\n')}`,
  'here-documents': (n) => `FROM a\n${many(n, 'RUN <<E\n')}`,
  'here-documents on a line': (n) => `FROM a\nRUN ${many(n, '<<E ')}\n`,
  stages: (n) => lines(n, (i) => `FROM a${i} AS a${i + 1}\nEXPOSE 80`),
  variables: (n) => `FROM a\n${lines(n, (i) => `ENV A${i + 1}=$A${i}`)}\nEXPOSE $A9\n`,
  'the exec form': (n) => `FROM a\nCMD ["${many(n, '\\"')}"]\n`,
  'the exec form, never closed': (n) => `FROM a\nCMD [${many(n, '"a",')}\n`,
  ports: (n) => `FROM a\nEXPOSE ${many(n, '80 ')}\n`,
  directives: (n) => many(n, '# escape=\\\n'),
};

const prometheus: Record<string, Hostile['text']> = {
  'targets on a line': (n) => `- targets: [${many(n, 'quay:9100, ')}]\n`,
  'one target': (n) => `- targets:\n    - ${many(n, 'quay:')}9100\n`,
  URLs: (n) => `- targets:\n    - ${many(n, 'http://')}quay:9100\n`,
  'brackets that never close': (n) => `scrape_configs: ${many(n, '[{targets: ')}`,
  jobs: (n) => `scrape_configs:\n${many(n, '  - *a\n')}`,
};

const manifest = 'apiVersion: v1\nkind: Pod\nspec:\n';
const kubernetes: Record<string, Hostile['text']> = {
  documents: (n) => many(n, `${manifest}---\n`),
  kinds: (n) => `apiVersion: v1\n${many(n, 'kind: Pod \n')}`,
  blanks: (n) => `apiVersion: v1\nkind:${many(n, ' ')}Pod\n`,
  'what may begin a template': (n) => `${manifest}${many(n, 'a.')}:\n${many(n, ' ')}{\n`,
  labels: (n) =>
    `${lines(n, (i) => `---\napiVersion: v1\nkind: Pod\nmetadata: {name: q${i}, labels: {a: b}}\nspec: {containers: [{name: a}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: q${i}}\nspec: {selector: {a: b}, ports: [{port: 80}]}`)}\n`,
  containers: (n) => `${manifest}  containers: [${many(n, '{ports: [{containerPort: 80}]}, ')}]\n`,
  'names in the environment': (n) => `${manifest}  containers:\n  - env: [${many(n, '{name: PORT, value: "80"}, ')}]\n`,
};

const traefik: Record<string, Hostile['text']> = {
  'one header': (n) => `[entryPoints.${many(n, 'a.')}]\n`,
  'a header that never closes': (n) => `entryPoints\n[${many(n, ' ')}\n`,
  'quotes that never close': (n) => many(n, 'url = "http://backends:\n'),
  equals: (n) => `backends = ${many(n, '= ')}\n`,
};

const caddy: Record<string, Hostile['text']> = {
  'blocks that never close': (n) => many(n, ':80 {\n'),
  'blocks that never opened': (n) => many(n, '}\n'),
  'quotes that never close': (n) => many(n, 'reverse_proxy "\n'),
  'quotes that are escaped': (n) => `respond "${many(n, '\\"')}\n`,
  'texts that never end': (n) => lines(n, (i) => `respond <<T${i}`),
  'one text': (n) => `respond <<T\n${many(n, 'T\n')}`,
  upstreams: (n) => `:80 {\nreverse_proxy ${many(n, 'quay:80 ')}\n}\n`,
  'one address': (n) => `${many(n, ':80')} {\n}\n`,
  variables: (n) => `:80 {\nreverse_proxy quay:${many(n, '{$A:')}80\n}\n`,
  'more variables': (n) => `:80 {\nreverse_proxy ${many(n, '{$A:80}')}\n}\n`,
  commas: (n) => many(n, ':80,\n'),
};

const scripts: Record<string, Hostile['text']> = {
  quotes: (n) => `{"scripts": {"a": "next -p 30 ${many(n, '\\"')}"}}`,
  'commands in a row': (n) => `{"scripts": {"a": "next -p 30 ${many(n, '&& a ')}"}}`,
  variables: (n) => `{"scripts": {"a": "next -p ${many(n, '${A:-')}30"}}`,
  assignments: (n) => `{"scripts": {"a": "${many(n, 'A= ')} next -p 30"}}`,
  'docker run': (n) => `{"scripts": {"a": "docker run ${many(n, '-p 30:30 ')}"}}`,
  URLs: (n) => `{"scripts": {"a": "next -p 30 ${many(n, 'http://a@')}"}}`,
  brackets: (n) => `{"scripts": "port 30", ${many(n, '"a": {')}`,
  comments: (n) => `{"scripts": "-p 30", ${many(n, '/*')} ${many(n, '*')}`,
  options: (n) => `{"scripts": {"a": "${many(n, '-p ')}30"}}`,
};

const workflow: Record<string, Hostile['text']> = {
  ports: (n) => `jobs:\n  a:\n    services:\n      b:\n        ports: [${many(n, '80:80, ')}]\n`,
  expressions: (n) => `jobs:\n  a:\n    services:\n      b:\n        ports: ["${many(n, '${{ ')}:80"]\n`,
};

const devcontainer: Record<string, Hostile['text']> = {
  ports: (n) => `{"forwardPorts": [${many(n, '80, ')}], "portsAttributes": {${many(n, '"1-9": {"label": "a"}, ')}}}`,
  digits: (n) => `{"appPort": "${many(n, '1')}x"}`,
  arguments: (n) => `{"runArgs": ["-p", ${many(n, '"80:80", ')}]}`,
  'comments that never close': (n) => `{"appPort": 80, ${many(n, '/* * ')}`,
  strings: (n) => `{"appPort": 80, ${many(n, '"\\\\')}`,
};

const units: Record<string, Hostile['text']> = {
  'lines that go on': (n) => `[Service]\nExecStart=quay --port 80 ${many(n, 'a \\\n')}`,
  quotes: (n) => `[Service]\nEnvironment=PORT=80 ${many(n, '"')}\n`,
  variables: (n) => `[Service]\nEnvironment=${many(n, 'PORT=80 ')}\n`,
  blanks: (n) => `[Service]\nListenStream=${many(n, ' ')}80\n`,
  sockets: (n) => `[Socket]\n${many(n, 'ListenStream=[::]:80\n')}`,
};

const procfile: Record<string, Hostile['text']> = {
  processes: (n) => lines(n, (i) => `a${i}: PORT=80 b & c --port 80`),
  'commands in the background': (n) => `a: ${many(n, 'PORT=80 b & ')}`,
};

const makefile: Record<string, Hostile['text']> = {
  'lines that go on': (n) => `a:\n\tb --port 80 ${many(n, 'a \\\n')}`,
  blanks: (n) => `PORT =${many(n, ' ')}80 x\n`,
  exports: (n) => `${many(n, 'export ')}PORT = 80\n`,
  words: (n) => `a:\n\t${many(n, 'port ')}80\n`,
};

const guide: Record<string, Hostile['text']> = {
  'addresses on a line': (n) => many(n, 'localhost:9006 '),
  'addresses in a table': (n) => `| a | ${many(n, 'localhost:9006 | ')}`,
  'links to links': (n) => `${many(n, '[')}localhost:9006${many(n, ']')}`,
  'words without an end': (n) => `localhost:9006 ${many(n, 'is at ')}localhost:9007`,
  blanks: (n) => many(n, `- ${' '.repeat(150)}localhost:9006\n`),
  signs: (n) => many(n, `${'*_-'.repeat(60)}localhost:9006 # `),
};

function all(path: string, texts: Record<string, Hostile['text']>): Hostile[] {
  return Object.entries(texts).map(([what, text]) => ({ path, what, text }));
}

/** Texts of every kind that is read. */
export const hostileTexts: readonly Hostile[] = [
  ...all('compose.yaml', yaml),
  ...all('ports.yaml', yaml),
  ...all('PORTS.md', markdown),
  ...all('nginx.conf', nginx),
  ...all('.env', dotenv),
  ...all('Dockerfile', dockerfile),
  ...all('prometheus.yml', prometheus),
  ...all('quay.yaml', kubernetes),
  ...all('traefik.toml', traefik),
  ...all('Caddyfile', caddy),
  ...all('package.json', scripts),
  ...all('README.md', guide),
  ...all('quay.service', units),
  ...all('Procfile', procfile),
  ...all('Makefile', makefile),
  ...all('.devcontainer/devcontainer.json', devcontainer),
  ...all('.github/workflows/ci.yml', workflow),
];
