import type { Finding, Place } from '../finding.ts';
import { escapeGlob } from '../glob.ts';
import type { Index } from '../model/index.ts';
import { mayBeSame } from '../model/names.ts';
import { ownerOf } from '../model/statement.ts';
import { basename, isWithin } from '../path.ts';
import type { Setting } from '../settings/settingsEdits.ts';

/** Something that may be set so that a finding is not made any more. */
export interface Offer {
  readonly title: string;
  /** The file for which it is to hold; the `portolan.yaml` nearest to it is the one to say so. */
  readonly near: string;
  /** What to write into the `portolan.yaml` of a folder above that file. */
  setting(folder: string): Setting;
}

/** What may be set about a finding, the narrowest first: a name, a document, the level of the rule. */
export function offersFor(finding: Finding, index: Index): Offer[] {
  return [...aliases(finding, index), ...documents(finding, index), ...levels(finding)];
}

function aliases({ path, service, rule, registry }: Finding, index: Index): Offer[] {
  if (service === undefined) return [];
  const owner = rule === 'owned-by-other' ? ownerAt(registry, index) : likelyOwner(rule, service, path, index);
  if (owner === undefined) return [];
  const setting: Setting = { key: 'aliases', service: owner, name: service };
  return [{ title: `Treat "${service}" as another name of "${owner}"`, near: path, setting: () => setting }];
}

function ownerAt(place: Place | undefined, index: Index): string | undefined {
  const claims = place ? index.file(place.path)?.claims : undefined;
  const claim = claims?.find(({ span }) => span.start === place!.span.start);
  return claim && ownerOf(claim);
}

/** The one owner in the registries whose name may mean a service that they do not know by name. */
function likelyOwner(rule: string, service: string, path: string, index: Index): string | undefined {
  if (rule !== 'unregistered-port' || (index.comparison(path).matches.get(service) ?? []).length > 0) return undefined;
  const common = index.claims.commonWords(path);
  const owners = index.claims
    .registriesFor(path)
    .flatMap(({ claims }) => claims.filter(({ role }) => role === 'assignment').map(ownerOf));
  const likely = new Set(owners.filter((owner) => mayBeSame(owner, service, common)));
  return likely.size === 1 ? [...likely][0] : undefined;
}

/** That a document is no registry, or that it is one. */
function documents({ path, registry }: Finding, index: Index): Offer[] {
  const own = index.file(path)?.document;
  const blamed = own ? path : registry?.path;
  const offers: Offer[] = [];
  if (own?.authority === 'reference')
    offers.push({
      title: `Read ${basename(path)} as a registry`,
      near: path,
      setting: (folder) => ({ key: 'registries', glob: globIn(folder, path) }),
    });
  if (blamed !== undefined)
    offers.push({
      title: `Leave ${basename(blamed)} out, as no registry`,
      near: blamed,
      setting: (folder) => ({ key: 'exclude', glob: globIn(folder, blamed) }),
    });
  return offers;
}

function levels({ rule, path, severity }: Finding): Offer[] {
  const lower: Offer = {
    title: `Lower ${rule} to a hint in portolan.yaml`,
    near: path,
    setting: () => ({ key: 'rules', rule, level: 'hint' }),
  };
  const off: Offer = {
    title: `Turn ${rule} off in portolan.yaml`,
    near: path,
    setting: () => ({ key: 'rules', rule, level: 'off' }),
  };
  return severity === 'hint' ? [off] : [lower, off];
}

function globIn(folder: string, path: string): string {
  return escapeGlob(isWithin(path, folder) && folder !== '' ? path.slice(folder.length + 1) : path);
}
