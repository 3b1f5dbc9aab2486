import { analyse } from 'scslre';
import { expect, test } from 'vitest';
import { times } from '../support/effort.ts';
import { attacksOn, composed, LENGTH, literals, type Written } from '../support/regexes.ts';

const all: readonly Written[] = [...literals(), ...(await composed())];
const distinct = [...new Map(all.map((written) => [String(written.regex), written])).values()];

test('the regular expressions of the product are found', () => {
  expect(distinct.length).toBeGreaterThan(400);
});

test('each is linear, as far as can be told by looking at it', () => {
  const slow = distinct.flatMap(({ place, regex }) => {
    return analyse(regex).reports.map(({ type }) => `${place} ${regex}: ${type}`);
  });
  expect(slow).toEqual([]);
});

/** Milliseconds for a text of {@link LENGTH}; a quadratic one would take many times as long. */
const BOUND = (3 * LENGTH) / 1000;
const ATTEMPTS = 4;

test(
  'each is done soon with texts made against it',
  () => {
    const slow = distinct.flatMap(({ place, regex }) => {
      let worst = 0;
      for (const attack of attacksOn(regex)) worst = Math.max(worst, leastTime(regex, attack));
      return worst > BOUND ? [`${place} ${regex}: ${Math.round(worst)} ms`] : [];
    });
    expect(slow).toEqual([]);
  },
  times(120_000, 0),
);

/** How long it takes to find all matches; the least of several attempts, as the machine may be busy. */
function leastTime(regex: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && least > BOUND; attempt++) {
    const { user: before } = process.cpuUsage();
    if (regex.global) text.replace(regex, '');
    else {
      regex.lastIndex = 0;
      regex.exec(text);
    }
    least = Math.min(least, (process.cpuUsage().user - before) / 1000);
  }
  return least;
}
