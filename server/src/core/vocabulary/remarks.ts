import { anyPhrase } from './phrases.ts';

/** What a row says of its own port beside giving it to somebody, in the languages of `roles.ts`. */

/** The row only points at the real one. */
export const CROSS_REFERENCE = [
  'documentation only',
  'documentation reference',
  'doc only',
  'docs only',
  'reference only',
  'for reference',
  'cross reference',
  'see above',
  'see below',
  'alias of',
  'alias for',
  'same as',
  'duplicate of',
  'apenas referência',
  'solo referencia',
  'nur zur referenz',
  '仅供参考',
  '参考用',
  '참고용',
];

/** Only one of those that share the port ever runs. */
export const EXCLUSIVE = [
  'run only one',
  'only one at a time',
  'not at the same time',
  'never at the same time',
  'cannot run together',
  'cannot run at the same time',
  'never run together',
  'do not run together',
  'mutually exclusive',
  'mutuamente exclu*',
  'mutuellement exclusi*',
  'nicht gleichzeitig',
  'взаимоисключа*',
  '互斥',
  '不能同时',
  '排他',
  '同時起動不可',
  '동시 실행 불가',
];

/** The row says that it clashes with another one. */
const CLASHING = [
  'conflict',
  'conflicts',
  'conflicting',
  'konflikt',
  'conflito',
  'conflicto',
  'conflit',
  'конфликт',
  '冲突',
  '衝突',
  '競合',
  '충돌',
];

/** The row says that there is no clash, or none any more. */
const NO_CLASH = [
  'no conflict',
  'no conflicts',
  'no port conflict',
  'no port conflicts',
  'conflict free',
  'avoid conflict',
  'avoids conflict',
  'avoid conflicts',
  'avoids conflicts',
  'conflict resolved',
  'conflicts resolved',
  'resolved conflict',
  'sem conflito',
  'sin conflicto*',
  'sans conflit',
  'kein konflikt',
  'без конфликт*',
  '无冲突',
  '不冲突',
  '避免冲突',
  '冲突已解决',
  '衝突回避',
  '競合なし',
  '競合回避',
  '衝突なし',
  '비충돌',
  '무충돌',
  '충돌 없음',
  '충돌 방지',
  '충돌 회피',
];

/** The registry knows of the clash and lives with it. */
export const TOLERATED = [
  ...EXCLUSIVE,
  ...CLASHING,
  'isolated',
  'local only',
  'shared with',
  'shares port',
  'alternative to',
];

/** In front of the one who owns a port by which a service is reached: `443 (via the edge proxy)`. */
export const THROUGH = [
  'via',
  'through',
  'behind',
  'served by',
  'proxied by',
  'por meio de',
  'através de',
  'detrás de',
  'atrás de',
  'derrière',
  'über',
  'hinter',
  'через',
  'за',
  '经由',
  '经过',
  '通过',
  '経由',
  '경유',
];

const clashing = anyPhrase(CLASHING);
const noClash = anyPhrase(NO_CLASH);

/** Whether a row says of itself that it clashes with another one. */
export function saysItClashes(row: string): boolean {
  return clashing.test(row) && !noClash.test(row);
}
