import type { Service } from '../facts.ts';
import { isWildcard } from '../model/scope.ts';
import type { Running } from '../model/services.ts';
import type { PlacedUse } from '../model/uses.ts';
import type { Rule } from '../rule.ts';
import { portText } from '../words.ts';

export const duplicatePublished: Rule = {
  id: 'duplicate-published',
  level: 'error',
  finds: 'one host port published twice in one compose project',
  *check(file, index) {
    if (file.kind !== 'compose') return;
    const seen: { running: Running; use: PlacedUse }[] = [];
    for (const running of index.runningIn(file.path)) {
      for (const use of running.uses) {
        if (use.role !== 'published' || isPool(use, running)) continue;
        const earlier = seen.find((other) => clash(other, { running, use }));
        seen.push({ running, use });
        if (!earlier || use.path !== file.path) continue;
        const who = earlier.running === running ? 'twice' : `by ${earlier.running.service.name} as well`;
        yield {
          path: use.path,
          span: use.span,
          message: `${running.service.name} publishes ${portText({ ...use, endPort: use.endPort! })}, which is published ${who}; only one of them can start.`,
          port: use.port,
          service: running.service.name,
          expected: [],
          related: [
            {
              path: earlier.use.path,
              span: earlier.use.span,
              message: `Published here by ${earlier.running.service.name}`,
            },
          ],
          fixes: [],
        };
      }
    }
  },
};

/** `8000-9000:80` takes any free port of the range. https://docs.docker.com/reference/compose-file/services/#ports */
function isPool(use: PlacedUse, running: Running): boolean {
  const target = running.uses.find((other) => other.role === 'target' && other.mapping === use.mapping);
  return use.endPort !== undefined && target?.endPort === undefined;
}

function clash(a: { running: Running; use: PlacedUse }, b: { running: Running; use: PlacedUse }): boolean {
  if (a.use.port > (b.use.endPort ?? b.use.port) || b.use.port > (a.use.endPort ?? a.use.port)) return false;
  if (a.use.protocol !== b.use.protocol || !addressesMeet(a.use.address, b.use.address)) return false;
  return a.running === b.running ? !isSameEntry(a, b.use) : activeTogether(a.running.service, b.running.service);
}

/** Compose merges entries that are equal. */
function isSameEntry({ running, use }: { running: Running; use: PlacedUse }, other: PlacedUse): boolean {
  const target = (of: PlacedUse) =>
    running.uses.find((candidate) => candidate.role === 'target' && candidate.mapping === of.mapping)?.port;
  return use.port === other.port && use.endPort === other.endPort && target(use) === target(other);
}

function addressesMeet(a = '', b = ''): boolean {
  if (a === b) return true;
  if (a.includes('$') || b.includes('$')) return false;
  const family = (address: string) => (address === '' || address === '*' ? 'any' : address.includes(':') ? 6 : 4);
  const meets = family(a) === family(b) || family(a) === 'any' || family(b) === 'any';
  return meets && (isWildcard(a) || isWildcard(b));
}

function activeTogether(a: Service, b: Service): boolean {
  if (a.profiles.length === 0 || b.profiles.length === 0) return true;
  return a.profiles.some((profile) => b.profiles.includes(profile));
}
