import fc from 'fast-check';

/** Names with which a workspace tries to be more than text where it is shown. */
export const hostileNames: readonly string[] = [
  '[quay](command:workbench.action.quit)',
  '![quay](http://127.0.0.1:9/quay.png)',
  '<img src=x onerror="alert(1)">',
  '</script><script>alert(2)</script>',
  '<a href="command:quay">quay</a>',
  '<https://quay.example>',
  'https://quay.example/x',
  'HTTP://quay.example',
  'www.quay.example',
  'WWW.quay.example',
  'mate@quay.example',
  'javascript:alert(3)',
  'data:text/html,<script>alert(4)</script>',
  '`quay` ``quay`` ```quay',
  '*quay* **quay** _quay_ __quay__ ~~quay~~',
  '# quay',
  '> quay',
  '- quay',
  '1. quay',
  '---',
  '===',
  'quay\n\n[quay](command:quay)\n',
  'quay\r\n::error file=quay::sunk',
  '::error file=quay,line=1::sunk%0A::warning::x',
  'quay | pier \\| mole',
  '&lt;img src=x&gt; &#91;x](y) &#x60;',
  '[quay]: command:quay',
  '[^1] [[quay]] [quay][pier] [quay]',
  '$(alert) $(zap) :boom: $x^2$',
  '\\[quay](command:quay) \\\\[x](y)',
  'quay\u001b[31m\u001b]8;;http://quay.example\u0007pier\u001b]8;;\u0007',
  'quay\u009b31m\u009dpier\u009c',
  'quay\b\b\b\bpier\u0007\u007f',
  'quay\rpier',
  '\u202equay\u202c \u2066pier\u2069 \u200fmole',
  'qu\u200bay\u2060\ufeff',
  'quay\u2028pier\u2029mole\u0085',
  ']]></failure><failure message="',
  '" onmouseover="alert(5)',
  "'; DROP TABLE ports; --",
  '=HYPERLINK("http://quay.example")',
  '@SUM(1+1)*cmd',
  '{{quay}} ${quay} <%= quay %> #{quay}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'quay'.repeat(200),
  '\ud83d\ude00\ud83d',
  '%s %d %n %1$s',
];

const bits = [
  ...hostileNames,
  '[',
  ']',
  '(',
  ')',
  '!',
  '<',
  '>',
  '`',
  '*',
  '_',
  '\\',
  '|',
  '&',
  ':',
  '/',
  '\n',
  ' ',
  '\u001b',
  'a',
];

/** Hostile names, and what can be made of their parts. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc
    .array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
    .map((all) => all.join('')),
);

/** Characters that would steer a terminal or a line-wise reader, turn the text around, or are not to be seen. */
export const STEERING =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/;

/** A text as a YAML scalar in double quotes, in ASCII alone. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text as it can stand in a cell of a table of Markdown; nothing in it is escaped but what would end the cell. */
function cell(text: string): string {
  return text.replace(/[\n\r\0\u2028\u2029]+/g, ' ').replaceAll('|', '\\|');
}

/** A text as the name of a folder. */
export function folderName(text: string): string {
  return Buffer.from(text.replace(/[/\0]/g, ' ')).subarray(0, 200).toString().trim() || 'quay';
}

/** A workspace in which a name stands everywhere, by path. Its ports differ from file to file, so that there are findings. */
export function manned(name: string): Map<string, string> {
  const folder = folderName(name);
  const key = quoted(name);
  return new Map([
    [
      `${folder}/PORTS.md`,
      `# Ports ${cell(name)}\n\n## ${cell(name)} (9600-9699)\n\n| Service | Container | Port | Environment | Notes |\n| --- | --- | --- | --- | --- |\n| ${cell(name)} | box | 9610 | ${cell(name)} | ${cell(name)} |\n| quay-api | ${cell(name)} | 9620 | | ${cell(name)} |\n| pier | | 9630 | | |\n`,
    ],
    [
      `${folder}/port-registry.yaml`,
      `services:\n  ${key}:\n    port: 9611\n    description: ${key}\n  pier:\n    port: 9631\n    notes: ${key}\n`,
    ],
    [`${folder}/ports.json`, JSON.stringify({ services: { [name]: { port: 9612 }, mole: { port: 9640 } } }, null, 2)],
    [
      `${folder}/compose.yaml`,
      `name: ${key}\nservices:\n  ${key}:\n    container_name: ${key}\n    image: ${key}\n    ports: ["9613:80", "9660:9650"]\n    environment: { PORT: 9614, ${key}: 9615, URL: "http://quay-api:9999" }\n  quay-api:\n    image: quay\n    container_name: ${key}\n    profiles: [${key}]\n    ports: ["9621:8000"]\n  pier:\n    image: pier\n    ports: ["\${PIER_PORT:-9632}:80", "9613:81"]\n    labels: [${quoted(`quay.${name}.port=70000`)}]\n`,
    ],
    [
      `${folder}/nginx.conf`,
      `upstream ${key} { server quay-api:9622; }\nserver { listen 80; server_name ${key}; location / { proxy_pass http://pier:9633; } }\n`,
    ],
    [`${folder}/.env`, `PIER_PORT=9634\nQUAY_API_PORT=99999\n`],
  ]);
}
