import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

describe('upstream-mismatch where only a variable tells the port', () => {
  const conf = `
  --- nginx/quay.conf
  upstream ledger {
    server ledger:8000;
`;
  const compose = (rest: string) => `
  --- compose.yaml
  x-shared: &shared
    LISTEN_PORT: 80
  services:
    ledger:
      image: quay/ledger
      environment:
        <<: *shared
${rest}`;

  test('the variable is believed', () =>
    checks(`${conf}                  ^^^^ upstream-mismatch: Nothing listens on 8000 in ledger; it listens on 80.
  }
${compose('').slice(1)}`));

  test.each([
    ['its own healthcheck', '      healthcheck:\n        test: curl -f http://localhost:8000/\n'],
    ['a neighbour', '    pier:\n      image: quay/pier\n      environment:\n        LEDGER_URL: http://ledger:8000\n'],
  ])('%s knows better', (_, rest) => checks(`${conf}  }\n${compose(rest).slice(1)}`));
});
