import { describe, expect, test } from 'vitest';
import { read } from '../../../server/src/core/analyze.ts';
import { guide } from '../../../server/src/core/readers/guide.ts';
import { describeFact, reads } from '../../support/fixture.ts';

describe('which files are read', () => {
  test.each([
    'README.md',
    'quay/readme.de.md',
    'CLAUDE.md',
    'AGENTS.md',
    '.claude/rules/ports.md',
    '.cursor/rules/quay.mdc',
  ])('%s', (path) => expect(guide.wants(path)).toBe(true));
  test.each(['CHANGELOG.md', 'docs/setup.md', 'readme.txt', 'claude/notes.md'])('not %s', (path) =>
    expect(guide.wants(path)).toBe(false),
  );
  test('not without an address', () => expect(guide.read('# Quay\n\nOn port 9006.\n', 'README.md')).toBeUndefined());
});

test('addresses, and whose they are', () => {
  reads(
    guide,
    'README.md',
    `
    # Harbour

    - **Berth Planner**: http://localhost:9007
                                          ^^^^ url 9007 host Berth Planner host=localhost
    - 🌊 Tide Forecast (http://127.0.0.1:9008/tides) - the tides
                                         ^^^^ url 9008 host Tide Forecast host=127.0.0.1
    1. Open the \`Crane Yard\` at <http://localhost:9009>.
                                                  ^^^^ url 9009 host Crane Yard host=localhost
    The [Pilot Roster](http://localhost:9010) is available at: http://localhost:9010
                                        ^^^^ url 9010 host Pilot Roster host=localhost
                                                                                ^^^^ url 9010 host -  host=localhost

    | Service       | URL                          |
    |---------------|------------------------------|
    | Winch Control | http://localhost:9011/health |
                                       ^^^^ url 9011 host Winch Control host=localhost
    | Buoys | http://localhost:9012 | http://localhost:9013 |
                               ^^^^ url 9012 host - host=localhost
                                                       ^^^^ url 9013 host - host=localhost

        curl -s http://localhost:9014/health  # Ice Watch
                                 ^^^^ url 9014 host Ice Watch host=localhost
        psql postgres://quay:secret@localhost:5433/quay
                                              ^^^^ url 5433 host - host=localhost
    When it is ready, open http://localhost:9015 and log in.
                                            ^^^^ url 9015 host - host=localhost
    ssh -L 8080:localhost:80 quay, localhost:1.5, localhost:99999, http://quay:9016
  `.replace('host -  host', 'host - host'),
  );
});

test('a document that assigns ports is read for both', () => {
  const text = '# Quay\n\n| Service | Port |\n|---|---|\n| Quay | 9006 |\n\nThe quay runs at http://localhost:9006/.\n';
  const facts = read('README.md', text)!;
  expect(facts.claims.map(describeFact)).toEqual(['assignment 9006 any Quay']);
  expect(facts.uses.map(describeFact)).toEqual(['url 9006 host quay host=localhost']);
});
