/** What the names of folders tell of the documents in them, in many languages. */

function named(...names: readonly string[]): (name: string) => boolean {
  const known = new Set(names.flatMap((list) => list.split(' ')));
  return (name) => known.has(name.toLowerCase());
}

const isForPapers = named(
  'doc docs documentation doku dokumentation documentação documentacao documentación documentacion documentazione',
  'documentatie dokumentacja dokumentace dokumen dokümantasyon документация 文档 文件 ドキュメント 문서',
  'wiki handbook runbook runbooks manual manuals governance protocols plan',
  'config configs configuration conf infra infrastructure infraestrutura infraestructura infrastruktur',
  'ops devops deploy deployment',
);

/** Whether the documents in a folder of this name, however deep, are about what lies beside it. */
export function isAboutSurroundings(name: string): boolean {
  return (name.startsWith('.') && name.length > 1) || isForPapers(name);
}

/**
 * Whether the documents in a folder of this name, but not those in folders within, are about what lies beside it: it is
 * for what all use, or holds whole projects.
 */
export const isShared = named(
  'registry registries tool tools script scripts shared common',
  'network netzwerk rede redes réseau reseau сеть 网络',
);

/**
 * Whether folders of this name hold, among others, one for the pages about the whole project, of which {@link arePages}
 * tells: `website/docs`, `apps/docs`.
 */
export const mayHoldPages = named('website site apps packages');

/** Whether a folder of this name holds pages. */
export const arePages = named('doc docs');

/** What Ansible keeps the variables of its groups in; those of the group `all` hold for every host. */
export const GROUPS = 'group_vars';

/** Whether a folder of this name holds what belongs to Ansible. */
export const isAroundGroups = named('ansible inventory inventories');
