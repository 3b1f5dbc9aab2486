import type { FileFacts } from '../../facts.ts';
import { keyMeaning, keyWords } from '../../readers/registryYaml/keyMeaning.ts';
import { fieldKeys } from '../../vocabulary/keys.ts';
import type { Completion } from './completion.ts';
import { type Cursor, digitsAt } from './cursor.ts';
import { type Around, portCompletions } from './offers.ts';
import { entryOffers } from './unregistered.ts';
import { siblings, type YamlPlace, yamlPlace } from './yamlPlace.ts';

/** The ports for a key such as `port` in the entry of a registry in YAML. */
export function completeRegistryYaml(cursor: Cursor, { claims }: FileFacts, around: Around): Completion[] {
  const place = yamlPlace(cursor);
  const key = place?.path.at(-1);
  if (!place || key === undefined || !/^\d*$/.test(place.value) || !/^\d*$/.test(place.rest)) return [];
  const means = keyMeaning(key);
  if (means.is !== 'port' || means.former || means.fallback) return [];
  const { here } = around;
  const others = claims.filter(({ role, span }) => {
    return role === 'assignment' && (span.end <= here.start || here.end <= span.start);
  });
  const before = others.findLast(({ span }) => span.start < here.start) ?? others[0];
  const offers = entryOffers(ownerAt(place, cursor), means.side, before ? [before.port] : [], around);
  return portCompletions(offers, digitsAt(cursor).span);
}

/** Whose entry it is: as a field of it says, else the key above. */
function ownerAt({ path, column }: YamlPlace, cursor: Cursor): string | undefined {
  const fields = new Map([...siblings(cursor, column)].map(([key, value]) => [keyWords(key).join(' '), value]));
  const named = [...fieldKeys.name].map((key) => fields.get(key)).find((name) => name !== undefined && name !== '');
  const above = path.at(-2);
  return named ?? (above === '-' ? undefined : above);
}
