import { anyPhrase } from './phrases.ts';

/** Words that name an environment: a stage, or the kind of place in which a service runs. */
export const ENVIRONMENTS = [
  'development',
  'dev',
  'local',
  'localhost',
  'staging',
  'stage',
  'stg',
  'production',
  'prod',
  'testing',
  'test',
  'tests',
  'e2e',
  'qa',
  'uat',
  'preview',
  'sandbox',
  'demo',
  'pre production',
  'preprod',
  'ci',
  'desarrollo',
  'producción',
  'pruebas',
  'desenvolvimento',
  'produção',
  'homologação',
  'homologacao',
  'homolog',
  'hml',
  'preproduction',
  'preproducción',
  'testes',
  'développement',
  'recette',
  'entwicklung',
  'produktion',
  'sviluppo',
  'produzione',
  'collaudo',
  'ontwikkeling',
  'acceptatie',
  'acceptance',
  'productie',
  'deweloperskie',
  'testy',
  'testowe',
  'produkcja',
  'produkcyjne',
  'vývoj',
  'produkce',
  'geliştirme',
  'üretim',
  'canlı',
  'uji',
  '预发',
  '灰度',
  '正式',
  '正式环境',
  '线上',
  'разработка',
  'продакшен',
  'прод',
  'тест',
  '开发',
  '開發',
  '开发环境',
  '测试环境',
  '预发布环境',
  '開発環境',
  '本番環境',
  'テスト環境',
  '测试',
  '測試',
  '预发布',
  '生产',
  '生產',
  '生产环境',
  '本地',
  '開発',
  '本番',
  '検証',
  'ステージング',
  '개발',
  '운영',
  '스테이징',
  '테스트',
  'phát triển',
  'sản xuất',
  'kiểm thử',
  'pengembangan',
  'produksi',
  'التطوير',
  'الإنتاج',
];

/** Words that name a machine, node or platform on which a service runs. */
const MACHINES = [
  'server',
  'servers',
  'servidor',
  'serveur',
  'сервер',
  'host machine',
  'node',
  'cluster',
  'vps',
  'vm',
  'laptop',
  'desktop',
  'workstation',
  'raspberry pi',
  'nas',
  'k3s',
  'k8s',
  'kubernetes',
  'swarm',
  'cloud',
  'mac mini',
  'macbook',
];

const ENVIRONMENT = anyPhrase(ENVIRONMENTS);
const MACHINE = anyPhrase(MACHINES);

/** Whether a text names an environment. */
export function namesEnvironment(text: string): boolean {
  return ENVIRONMENT.test(text);
}

/** Whether a text names a machine or platform. */
export function namesMachine(text: string): boolean {
  return MACHINE.test(text);
}

/** Whether a text names environments and machines, and nothing else. */
export function isPlace(text: string): boolean {
  const words = text.split(/[\s()（）/]+/).filter(Boolean);
  return words.length > 0 && words.every((word) => namesEnvironment(word) || namesMachine(word));
}
