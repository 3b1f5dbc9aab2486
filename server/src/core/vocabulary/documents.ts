/** File names that announce a list of ports, in the languages in which registries are written. */
export const DOCUMENT_NAME =
  /(?:^|[^a-z])(?:ports?|puertos?|portas?|porte|porty|poort|poorten|porturi)(?:[^a-z]|$)|端口|埠|ポート|포트|порт|منفذ|(?:port|ports)[-_]?(?:registry|map|mapping|allocation|list|table|assignments?|übersicht|uebersicht|belegung|vergabe|zuordnung|zuweisung|tabelle|verzeichnis)/i;

/** Documents that repeat what others decide. */
export const REFERENCE_NAMES =
  /^(?:readme|skill|claude|agents|gemini|copilot-instructions|contributing|quickstart|quick[-_]start|getting[-_]started)(?:[._-].*)?\.(?:md|mdx|markdown)$|^adr[-_ ]?\d|^\d{3,4}-.*\.md$/i;

/** File names of reports: they tell how ports were at one time, and govern nothing. */
export const REPORT_NAMES =
  /(?:verification|verified|confirmed|status|summary|report|audit|compliance|conflicts?|troubleshooting|migration|changes|fix(?:es)?|analysis)[^/]{0,200}\.(?:md|mdx|markdown)$/i;

/** A document that says that it governs. */
export const SELF =
  /\bthis (?:document|file|page|registry)\b[^.\n]{0,80}?\b(?:source of truth|canonical|authoritative|definitive)/i;

/** A document that says that it does not govern. */
export const DENIALS =
  /\b(?:is not a (?:port )?registry|not the source of truth|superseded by|this (?:document|file) is (?:deprecated|obsolete|outdated))\b/i;

/** Words for a document that no longer holds, as they stand in a title, in a notice on top or behind "Status:". */
export const RETIRED = [
  'deprecated',
  'superseded',
  'obsolete',
  'archived',
  'outdated',
  'no longer maintained',
  'no longer valid',
  'obsoleto',
  'obsoleta',
  'arquivado',
  'descontinuado',
  'desatualizado',
  'archivado',
  'desactualizado',
  'obsolète',
  'archivé',
  'périmé',
  'veraltet',
  'archiviert',
  'überholt',
  'устарел',
  'устарело',
  'устаревший',
  'в архиве',
  'не актуально',
  '已废弃',
  '已弃用',
  '已过时',
  '已归档',
  '已作废',
  '廃止',
  '非推奨',
  'アーカイブ済み',
  '폐기됨',
  '더 이상 사용되지 않음',
  '보관됨',
  'đã lỗi thời',
  'không còn dùng',
  'đã lưu trữ',
  'usang',
  'ملغى',
  'مؤرشف',
  'مهمل',
];

/** What stands in front of a document's state. */
export const STATUS_LABELS = [
  'status',
  'state',
  'estado',
  'statut',
  'stand',
  'zustand',
  'статус',
  'состояние',
  '状态',
  'ステータス',
  '状態',
  '상태',
  'trạng thái',
  'الحالة',
];

/** What a document says of the one that now holds in its place; the other's name follows. */
export const REPLACED_BY = [
  'superseded by',
  'replaced by',
  'substituído por',
  'substituida por',
  'sustituido por',
  'reemplazado por',
  'remplacé par',
  'ersetzt durch',
  'abgelöst durch',
  'заменён на',
  'заменен на',
  '已被',
  '取代为',
  '置き換え先',
  '대체됨',
  'được thay thế bởi',
];

/** What a document says of the one in whose place it holds; the other's name follows. */
export const REPLACES = [
  'replaces',
  'supersedes',
  'consolidates',
  'this document replaced',
  'substitui',
  'sustituye a',
  'reemplaza a',
  'remplace',
  'ersetzt',
  'заменяет',
  '取代',
  '替代',
  '置き換える',
  '대체합니다',
  'thay thế cho',
];

/** What a document says of the file from which it was made; the other's name follows. */
export const MADE_FROM = [
  'generated from',
  'generated automatically from',
  'auto generated from',
  'derived from',
  'copied from',
  'copy of',
  'mirror of',
  'gerado a partir de',
  'generado a partir de',
  'généré à partir de',
  'generiert aus',
  'erzeugt aus',
  'сгенерировано из',
  '自动生成自',
  '生成自',
  'から生成',
  '에서 생성',
  'được tạo từ',
];

/** Words in the names of files that are kept for the record. */
export const RETIRED_NAMES = ['old', 'deprecated', 'obsolete', 'archived', 'superseded', 'outdated'];

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
  /(?:canon(?:ical\p{L}{0,8})?|source of truth|authoritative|official|complete details|full list)[^.\n]{0,80}?(?<![\w-])([\w-]{0,40}ports?[\w-]{0,40}\.(?:mdx?|ya?ml|json))/giu;

/** Long documents of other kinds, which a workspace has by the dozen. */
export const NEVER_REGISTRIES =
  /^(?:changelog|changes|history|release[-_ ]?notes|licen[cs]e|code[-_]of[-_]conduct|security|contributors)\b/i;
