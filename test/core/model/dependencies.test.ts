import { expect, test } from 'vitest';
import { Dependencies, Question } from '../../../server/src/core/model/dependencies.ts';

/** Works out the findings of a file that rest on some files. */
function checked(notes: Dependencies, path: string, ...files: string[]): void {
  notes.findings(path, () => {
    for (const file of files) notes.ask(Question.file, file);
  });
}

function staleAfter(notes: Dependencies, ...files: string[]): string[] {
  for (const file of files) notes.touch(Question.file, file);
  return [...notes.takeStale()].sort();
}

test('a change makes the findings stale that have asked for it, once', () => {
  const notes = new Dependencies();
  checked(notes, 'quay.yaml', 'PORTS.md', '.env');
  checked(notes, 'crane.yaml', 'PORTS.md');
  expect(staleAfter(notes, 'README.md')).toEqual([]);
  expect(staleAfter(notes, '.env')).toEqual(['quay.yaml']);
  expect(staleAfter(notes, 'PORTS.md')).toEqual(['crane.yaml']);
  expect(staleAfter(notes, 'PORTS.md', '.env')).toEqual([]);
});

test('what was asked the last time counts, and nothing from before', () => {
  const notes = new Dependencies();
  checked(notes, 'quay.yaml', 'PORTS.md', '.env');
  checked(notes, 'quay.yaml', '.env', 'docs/PORTS.md');
  expect(staleAfter(notes, 'PORTS.md')).toEqual([]);
  expect(staleAfter(notes, 'docs/PORTS.md')).toEqual(['quay.yaml']);
  checked(notes, 'quay.yaml', 'PORTS.md');
  expect(staleAfter(notes, '.env', 'docs/PORTS.md')).toEqual([]);
  expect(staleAfter(notes, 'PORTS.md')).toEqual(['quay.yaml']);
});

test('findings that were worked out since a change are not stale', () => {
  const notes = new Dependencies();
  checked(notes, 'quay.yaml', 'PORTS.md');
  notes.touch(Question.file, 'PORTS.md');
  checked(notes, 'quay.yaml', 'PORTS.md');
  expect(staleAfter(notes)).toEqual([]);
  expect(staleAfter(notes, 'PORTS.md')).toEqual(['quay.yaml']);
});

test('an answer that is kept leads to what it rests on', () => {
  const notes = new Dependencies();
  const compare = () => notes.answer(Question.comparison, 'quay.yaml', () => notes.ask(Question.name, 'crane'));
  const find = () =>
    notes.findings('nginx.conf', () => {
      notes.ask(Question.comparison, 'quay.yaml');
      if (!notes.isAnswered(Question.comparison, 'quay.yaml')) compare();
    });
  find();
  notes.touch(Question.name, 'crane');
  expect(notes.isAnswered(Question.comparison, 'quay.yaml')).toBe(false);
  expect(staleAfter(notes)).toEqual(['nginx.conf']);
  find();
  expect(notes.isAnswered(Question.comparison, 'quay.yaml')).toBe(true);
  notes.touch(Question.name, 'crane');
  expect(staleAfter(notes)).toEqual(['nginx.conf']);
});

test('answers that nobody works out again are forgotten, and the others still followed', () => {
  const notes = new Dependencies();
  checked(notes, 'quay.yaml', 'PORTS.md');
  for (let n = 0; n < 25_000; n++) {
    notes.answer(Question.comparison, `gone-${n}.yaml`, () => notes.ask(Question.number, n));
    notes.touch(Question.number, n);
  }
  for (const n of [0, 24_999]) expect(notes.isAnswered(Question.comparison, `gone-${n}.yaml`)).toBe(false);
  expect(staleAfter(notes, 'PORTS.md')).toEqual(['quay.yaml']);
  checked(notes, 'quay.yaml', 'PORTS.md');
  expect(staleAfter(notes, 'PORTS.md')).toEqual(['quay.yaml']);
});
