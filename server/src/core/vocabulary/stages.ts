import { Recent } from '../recent.ts';

/** The stages of a service's life that registries and file names speak of, and the words for each. */
export const stages: Readonly<Record<string, readonly string[]>> = {
  development: [
    'development',
    'dev',
    'develop',
    'local',
    'localhost',
    'desarrollo',
    'desenvolvimento',
    'développement',
    'entwicklung',
    'sviluppo',
    'ontwikkeling',
    'deweloperskie',
    'vývoj',
    'geliştirme',
    'pengembangan',
    '開發',
    'разработка',
    '开发',
    '开发环境',
    '開発',
    '開発環境',
    '开发机',
    '本地',
    '개발',
    '로컬',
  ],
  staging: [
    'staging',
    'stage',
    'stg',
    'preprod',
    'uat',
    'homologação',
    'homologacao',
    'homolog',
    'hml',
    'preproduction',
    'preproducción',
    '预发布环境',
    'ステージング環境',
    'recette',
    'collaudo',
    'acceptatie',
    'acceptance',
    '预发',
    '灰度',
    '预发布',
    'ステージング',
    '스테이징',
  ],
  production: [
    'production',
    'prod',
    'prd',
    'producción',
    'produção',
    'produktion',
    'produzione',
    'productie',
    'produkcja',
    'produkcyjne',
    'produkce',
    'üretim',
    'canlı',
    'produksi',
    '正式',
    '正式环境',
    '线上',
    '生產',
    'продакшен',
    'прод',
    '生产',
    '生产环境',
    '本番',
    '本番環境',
    'producao',
    'produccion',
    '운영',
    '프로덕션',
  ],
  test: [
    'test',
    'tests',
    'testing',
    'e2e',
    'ci',
    'qa',
    'pruebas',
    'testy',
    'testowe',
    'uji',
    '測試',
    'testes',
    'тест',
    '测试',
    '테스트',
    'テスト',
    '测试环境',
    'テスト環境',
  ],
};

const stageOfWord = new Map(Object.entries(stages).flatMap(([stage, words]) => words.map((word) => [word, stage])));

/** The one stage that a text names; `undefined` when it names none or several. */
export function stageOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return text.length > LONGEST ? stageIn(text) : known.kept(text, (own) => stageIn(own) ?? NONE) || undefined;
}

/** The same names and folders are asked about again and again. */
const known = new Recent<string>(4000);
const LONGEST = 100;
const NONE = '';

/** Most names are, and are parted many times faster. */
const IN_ASCII = /^[\x20-\x7e]*$/;

function stageIn(text: string): string | undefined {
  const named = new Set<string>();
  for (const word of text.toLowerCase().split(IN_ASCII.test(text) ? /[^a-z\d]+/ : /[^\p{L}\p{N}]+/u)) {
    const stage = stageOfWord.get(word) ?? stageOfWord.get(word.replace(/(?<!\d)\d+$/, ''));
    if (stage) named.add(stage);
  }
  return named.size === 1 ? [...named][0] : undefined;
}
