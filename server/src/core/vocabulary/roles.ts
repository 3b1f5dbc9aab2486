import { remembered } from '../remembered.ts';
import { anyPhrase, leadingPhrase } from './phrases.ts';

/**
 * Words that tell what a row, a list, a heading or a key says about a port when it does not simply assign it.
 * Languages: English, Portuguese, Spanish, French, German, Italian, Russian, Chinese, Japanese, Korean, Vietnamese,
 * Indonesian, Arabic.
 */

/** Never use, or taken by something outside this registry. */
export const FORBIDDEN = [
  'never use',
  'do not use',
  "don't use",
  'not to be used',
  'must not be used',
  'not allowed',
  'forbidden',
  'prohibited',
  'banned',
  'blocked',
  'blocklist',
  'blacklist*',
  'denylist',
  'avoid',
  'avoided',
  'off limits',
  'excluded',
  'occupied',
  'in use by system',
  'used by the system',
  'used by system',
  'system ports',
  'taken by',
  'proibid*',
  'não us*',
  'nao us*',
  'evitar',
  'prohibid*',
  'no usar',
  'ocupad*',
  'interdit*',
  'ne pas utiliser',
  'éviter',
  'verboten',
  'nicht verwenden',
  'nicht benutzen',
  'gesperrt',
  'vermeiden',
  'belegt',
  'vietat*',
  'non usare',
  'запрещ*',
  'занято',
  'заняты*',
  'не использовать',
  'избегать',
  '禁止',
  '禁用',
  '避免',
  '勿用',
  '不要使用',
  '不可用',
  '已占用',
  '使用禁止',
  '避ける',
  '금지',
  '사용 불가',
  '사용 금지',
  'cấm',
  'không sử dụng',
  'dilarang',
  'jangan digunakan',
  'ممنوع',
  'محظور',
];

/** Kept for later. */
export const RESERVED = [
  'reserved',
  'reserve',
  'future use',
  'future expansion',
  'future services',
  'earmarked',
  'set aside',
  'reservad*',
  'réservé*',
  'reserviert*',
  'riservat*',
  'зарезервирован*',
  'резерв',
  '预留',
  '預留',
  '保留',
  '予約',
  '예약',
  'dự phòng',
  'dành riêng',
  'dicadangkan',
  'محجوز',
];

/** Not yet there. Over a whole table it keeps ports for later; in one row's status the port is that service's already. */
export const PLANNED = [
  'planned',
  'planejad*',
  'planead*',
  'planificad*',
  'prévu*',
  'geplant*',
  'запланирован*',
  '计划中',
  '规划中',
  '예정',
  'direncanakan',
];

/** Listed as available. */
export const FREE = [
  'free',
  'available',
  'unused',
  'unassigned',
  'unallocated',
  'vacant',
  'livre',
  'livres',
  'disponív*',
  'libre',
  'libres',
  'disponib*',
  'frei',
  'verfügbar',
  'unbelegt',
  'libero',
  'свободн*',
  'свободен',
  'доступн*',
  '空闲',
  '空閒',
  '可用',
  '未分配',
  '未使用',
  '空き',
  '미사용',
  '사용 가능',
  '비어 있음',
  'còn trống',
  'tersedia',
  'kosong',
  'متاح',
];

/** Reached only from inside, not published. */
export const INTERNAL = [
  'internal only',
  'no external port',
  'no published port',
  'no host bind',
  'not exposed',
  'not published',
  'not public',
  'no host port',
  'unexposed',
  'unpublished',
  'container only',
  'internal network only',
  'apenas interno',
  'somente interno',
  'não exposto',
  'não publicado',
  'solo interno',
  'no expuesto',
  'no publicado',
  'interne uniquement',
  'non exposé',
  'nur intern',
  'nicht veröffentlicht',
  'solo interno',
  'только внутри',
  'не публикуется',
  'не опубликован*',
  '仅内部',
  '僅內部',
  '不暴露',
  '不对外',
  '未公开',
  '内部のみ',
  '非公開',
  '내부 전용',
  '비공개',
];

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

/** Words that make a name a mere placeholder when it begins with them. */
const PLACEHOLDER = [
  'future',
  'spare',
  'placeholder',
  'futuro',
  'futura',
  'zukünftig*',
  'будущ*',
  '未来',
  '将来',
  '향후',
];

/** What the words of a status cell, heading, introduction or key make of a port. */
export type SpokenRole = 'forbidden' | 'reserved' | 'free';

const clashing = anyPhrase(CLASHING);
const noClash = anyPhrase(NO_CLASH);

/** Whether a row says of itself that it clashes with another one. */
export function saysItClashes(row: string): boolean {
  return clashing.test(row) && !noClash.test(row);
}

const VOCABULARY = [
  ['forbidden', FORBIDDEN],
  ['reserved', RESERVED],
  ['free', FREE],
] as const;
const STATUS = VOCABULARY.map(([role, phrases]) => [role, anyPhrase(phrases)] as const);
const ANYWHERE = [...STATUS, ['reserved', anyPhrase(PLANNED)] as const];
const LEADING = [...VOCABULARY, ['reserved', [...PLANNED, ...PLACEHOLDER]] as const].map(
  ([role, phrases]) => [role, leadingPhrase(phrases)] as const,
);

/** Most names begin with none of these words. */
const anyLeading = leadingPhrase([...VOCABULARY.flatMap(([, phrases]) => phrases), ...PLANNED, ...PLACEHOLDER]);

/** The role that a text speaks of, `undefined` where it says nothing against an assignment. */
export function spokenRole(text: string): SpokenRole | undefined {
  return ANYWHERE.find(([, pattern]) => pattern.test(text))?.[0];
}

/** The role that the status of one row speaks of. */
export const statusRole = remembered(
  (status): SpokenRole | undefined => STATUS.find(([, pattern]) => pattern.test(status))?.[0],
);

/** The role that stands in place of a name: `(Reserved)`, `available`, `Future projects`. */
export function roleInsteadOfName(name: string): SpokenRole | undefined {
  if (!anyLeading.test(name)) return undefined;
  return LEADING.find(([, pattern]) => pattern.test(name))?.[0];
}
