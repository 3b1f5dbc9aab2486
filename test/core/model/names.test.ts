import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGeneric, mayBeSame, nameKeys, Rank, wordsOf } from '../../../server/src/core/model/names.ts';

/** The rank at which two names agree; `undefined` when they share no key. */
function agree(a: string, b: string, prefixes: string[] = []): number | undefined {
  const keys = nameKeys(b, new Set(prefixes));
  const ranks = [...nameKeys(a, new Set(prefixes))].flatMap(([key, rank]) =>
    keys.has(key) ? [Math.max(rank, keys.get(key)!)] : [],
  );
  return ranks.length === 0 ? undefined : Math.min(...ranks);
}

describe('words', () => {
  test.each([
    ['human_taskService', 'human task service'],
    ['KB-2 Clinical', 'kb 2 clinical'],
    ['kb2-redis', 'kb 2 redis'],
    ['Télémétrie (v2)', 'telemetrie v 2'],
    ['PostgreSQL', 'postgres'],
    ['网关服务', '网关服务'],
  ])('%s', (name, words) => expect(wordsOf(name).join(' ')).toBe(words));
});

describe('one service, two spellings', () => {
  test.each([
    ['human-task', 'Human Task', Rank.same],
    ['humantask', 'Human Task', Rank.same],
    ['human-task-service', 'Human Task', Rank.emptyWordsOff],
    ['minio', 'MinIO API', Rank.looseWordsOff],
    ['engage', 'Engage App', Rank.looseWordsOff],
  ])('%s is %s', (a, b, rank) => expect(agree(a, b)).toBe(rank));

  test('a project in front of either', () => {
    expect(agree('harbour-human-task', 'Human Task Service', ['harbour'])).toBe(Rank.prefixOff);
    expect(agree('api-gateway', 'Harbour API Gateway', ['harbour'])).toBe(Rank.prefixOff);
  });
});

describe('two services, alike in spelling', () => {
  test.each([
    ['ai-agent-service', 'Agent Service'],
    ['dxg-frontend', 'DXG Service'],
    ['mission-control', 'mission-control-simplified'],
    ['api', 'app'],
    ['web-api', 'web'],
    ['harbour-human-task', 'Human Task Service'],
  ])('%s is not %s', (a, b) => expect(agree(a, b)).toBeUndefined());
});

describe('what may be the same', () => {
  test.each([
    ['Frontend', 'Main Frontend'],
    ['postgres', 'PostgreSQL Core'],
    ['Scheduling', 'Scheduling Service'],
    ['Business Rules', 'Business Rules Engine'],
    ['Docs', 'Documentation Service'],
    ['tidewatchhome', 'TideWatch DNS'],
  ])('%s, %s', (a, b) => expect(mayBeSame(a, b)).toBe(true));

  test.each([
    ['External Integration', 'Marketplace'],
    ['enclave-registry', 'smelter-gateway'],
    ['Actio frontend', 'Schedula frontend'],
    ['agent-1', 'worker-1'],
  ])('not %s, %s', (a, b) => expect(mayBeSame(a, b)).toBe(false));

  test('a word that everybody shares tells nothing', () => {
    expect(mayBeSame('Cargo Intake', 'Cargo Billing')).toBe(true);
    expect(mayBeSame('Cargo Intake', 'Cargo Billing', new Set(['cargo']))).toBe(false);
  });

  test('is symmetric', () => {
    const name = fc
      .array(fc.constantFrom('api', 'cargo', 'db', 'Intake', 'kb2', '网关', 'service'))
      .map((words) => words.join('-'));
    fc.assert(fc.property(name, name, (a, b) => mayBeSame(a, b) === mayBeSame(b, a)));
  });
});

test('mere kinds of things', () => {
  expect(['API', 'web frontend', 'Metrics', 'db-1'].every(isGeneric)).toBe(true);
  expect(['grafana', 'Berth Planner', '网关'].some(isGeneric)).toBe(false);
});

test('names in plain letters fall into the same words by the short way as by the long one', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abzABZ019 -_/.(') });
  fc.assert(
    fc.property(letters, (name) => {
      // A character of another script that makes a word of its own sends the name the long way.
      expect(wordsOf(`${name} é`)).toEqual([...wordsOf(name), 'e']);
    }),
    { numRuns: 2000 },
  );
});
