import { describe, expect, test } from 'vitest';
import { discreet, withoutSecrets } from '../../server/src/core/secrets.ts';

/** A line as it is printed when the port in angle brackets stands in it. */
function shown(line: string, isVariable = false): string {
  const [start, end] = [line.indexOf('‹'), line.indexOf('›') - 1];
  return discreet(line.replace(/[‹›]/g, ''), { start, end }, isVariable);
}

describe('a printed line', () => {
  test.each([
    '      - "‹9006›:8000"',
    '  PORT: ‹9006›',
    'PORT=‹9006›',
    '      NODE_ENV: production, PORT: ‹9006›',
    '      QUAY_URL: http://quay-api:‹9006›/',
    '    ports: ["${QUAY_PORT:-‹9006›}:80/tcp"]',
    '| ‹9006› | quay-api | The API of the quay |',
  ])('%s is shown as it is', (line) => {
    expect(shown(line)).toBe(line.replace(/[‹›]/g, ''));
  });

  test.each([
    ['URL=postgres://admin:pw@db:‹5432›/x?a=b', 'URL=********************db:5432******'],
    ['  URL: "http://admin:pw@quay:‹9006›/"', '  URL: "****************quay:9006*"'],
    ['REDIS=redis://:p/w@quay:‹6379›', 'REDIS=************quay:6379'],
    ['  command: serve --password pw --port ‹9006›', '  command: ***** ********** ** ****** 9006'],
    ['{ environment: ["TOKEN=pw", "PORT=‹9006›"] }', '{ ***********: ["********", "*****9006"] }'],
    ['| ‹9006› | quay | password: pw |', '| 9006 | **** | ********* ** |'],
    ['proxy_set_header Authorization "Basic pw"; proxy_pass http://quay:‹9006›;', ''],
    ['MOTTO: Ahoy2 PORT=‹9006›', 'MOTTO: ***** *****9006'],
  ])('%s is shown in part', (line, expected) => {
    const said = shown(line);
    expect(said).toHaveLength(line.length - 2);
    expect(said).not.toMatch(/pw|p\/w|Ahoy/);
    if (expected !== '')
      expect(said.replaceAll(':', '').replaceAll('*', '')).toBe(expected.replaceAll(':', '').replaceAll('*', ''));
  });

  test('nothing is seen of a variable but its name and its port', () => {
    expect(shown('PORT=‹9006› # ask the mate', true)).toBe('PORT=9006 * *** *** ****');
  });

  test('where no port is known, nothing is seen but the key', () => {
    expect(discreet('PASSWORD: quay', undefined, false)).toBe('PASSWORD: ****');
    expect(discreet('ports: ["9006:80"]', undefined, false)).toBe('ports: ["9006:80"]');
  });
});

test('a note is kept without the secrets that it tells', () => {
  expect(withoutSecrets('The API; password: pw, the token is "pw" and more')).toBe(
    'The API; password: ***, the token is "***" and more',
  );
  expect(withoutSecrets('Gives tokens to those who ask')).toBe('Gives tokens to those who ask');
});
