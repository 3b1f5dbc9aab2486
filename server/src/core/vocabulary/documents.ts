/** File names that announce a list of ports, in the languages in which registries are written. */
export const DOCUMENT_NAME =
  /(?:^|[^a-z])(?:ports?|puertos?|portas?|porty|porturi)(?:[^a-z]|$)|端口|埠|ポート|포트|порт|منفذ|(?:port|ports)[-_]?(?:registry|map|mapping|allocation|list|table|assignments?)/i;

/** Documents that repeat what others decide. */
export const REFERENCE_NAMES =
  /^(?:readme|skill|claude|agents|gemini|copilot-instructions|contributing|quickstart|quick[-_]start|getting[-_]started)(?:[._-].*)?\.(?:md|mdx|markdown)$|^adr[-_ ]?\d|^\d{3,4}-.*\.md$/i;

/** File names of reports: they tell how ports were at one time, and govern nothing. */
export const REPORT_NAMES =
  /(?:verification|verified|confirmed|status|summary|report|audit|compliance|conflicts?|troubleshooting|migration|changes|fix(?:es)?|analysis)[^/]*\.(?:md|mdx|markdown)$/i;

/** A document that says that it governs. */
export const SELF =
  /\bthis (?:document|file|page|registry)\b[^.\n]{0,80}?\b(?:source of truth|canonical|authoritative|definitive)/i;

/** A document that says that it does not govern. */
export const DENIALS =
  /\b(?:is not a (?:port )?registry|not the source of truth|superseded by|this (?:document|file) is (?:deprecated|obsolete|outdated))\b/i;

/** Words beside "port" in the title of a registry. */
export const TITLE_WORDS = [
  'registry',
  'registries',
  'allocation',
  'allocations',
  'assignment',
  'assignments',
  'map',
  'maps',
  'mapping',
  'mappings',
  'table',
  'list',
  'management',
  'reference',
  'inventory',
  'overview',
  'plan',
  'guide',
  'services',
  'usage',
  'registro',
  'mapa',
  'mapeamento',
  'mapeo',
  'alocação',
  'asignación',
  'lista',
  'tabela',
  'tabla',
  'dos',
  'de',
  'registre',
  'attribution',
  'belegung',
  'übersicht',
  'zuordnung',
  'реестр',
  'карта',
  'распределение',
  'список',
  '分配',
  '映射',
  '清单',
  '登记',
  '注册表',
  '规划',
  '一覧',
  '割り当て',
  'マップ',
  '할당',
  '할당표',
  '목록',
  '매핑',
  'danh sách',
  'phân bổ',
  'daftar',
  'alokasi',
  'تخصيص',
  'قائمة',
];

/** How a registry speaks of itself. */
export const OWN_WORDS = [
  'single source of truth',
  'source of truth',
  'canonical',
  'authoritative',
  'central registry',
  'definitive',
  'fonte única de verdade',
  'fonte da verdade',
  'fuente única de verdad',
  'fuente de verdad',
  'source unique de vérité',
  'единственный источник',
  'единый источник',
  '唯一来源',
  '唯一真实来源',
  '单一事实来源',
  '単一情報源',
  '唯一の情報源',
  '단일 진실 공급원',
  'nguồn duy nhất',
  'sumber kebenaran',
];

/** A sentence that sends the reader to another document of ports. */
export const OTHER_DOCUMENTS =
  /(?:canonical\p{L}*|canon|source of truth|authoritative|official|complete details|full list)[^.\n]{0,80}?([\w-]{0,40}ports?[\w-]{0,40}\.(?:mdx?|ya?ml|json))/giu;

/** Long documents of other kinds, which a workspace has by the dozen. */
export const NEVER_REGISTRIES =
  /^(?:changelog|changes|history|release[-_ ]?notes|licen[cs]e|code[-_]of[-_]conduct|security|contributors)\b/i;
