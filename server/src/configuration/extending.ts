import { isGlob, plainPath } from '../core/glob.ts';
import { dirname, isAbsolute, isWithin, resolve } from '../core/path.ts';
import { rebase } from '../core/settings/folderSettings.ts';
import { merge, noSettings, type ParsedConfig, type Settings } from '../core/settings/settings.ts';
import type { RegistryPattern } from '../core/settings/sourceSettings.ts';
import { isOfPackage, isRemote, type Source } from '../core/settings/sources.ts';
import type { LineMap } from '../core/text.ts';
import type { Sources } from './sources.ts';

/** A file of settings, as far as it is extended by another one. */
type ExtendedFile = ParsedConfig & { readonly lines: LineMap };

/** What is wrong with a file that is extended, in a sentence. */
export interface ExtendingTrouble {
  /** How the `portolan.yaml` names it, or the file that leads to it. */
  readonly at: string;
  readonly message: string;
}

/** An entry of `registries`, as it is told to people and as an absolute path or glob. */
export interface NamedSource {
  readonly written: string;
  /** What of the `portolan.yaml` leads to it: the entry itself, or a file that is extended. */
  readonly at: string;
  readonly pattern: RegistryPattern;
  /** Why it cannot be read, should that be so. */
  readonly why?: string;
  /** What else is to be told of it, in a sentence that follows upon its name. */
  readonly news?: string;
}

/** A `portolan.yaml` with all that it extends. */
export interface Resolved {
  /** Registries are absolute; all other globs mean the folder of the `portolan.yaml`. */
  readonly settings: Settings;
  readonly named: readonly NamedSource[];
  /** The files that it extends, as far as they are known, and whether they are shared with others. */
  readonly extended: ReadonlyMap<string, boolean>;
  readonly troubles: readonly ExtendingTrouble[];
}

/** What has to be known to follow `extends`. */
interface Ground {
  readonly sources: Sources;
  /** A file as it was read; `null` when it could not be, and `undefined` when nobody has tried. */
  readonly file: (path: string) => ExtendedFile | null | undefined;
}

/** Who leads to whom is soon more than anybody keeps in mind. */
const DEEPEST = 10;
/** As many files may be extended, those counted again that are extended twice. */
const MOST = 100;

/** Follows what a `portolan.yaml` extends. Never ends in a circle. */
export function resolved(path: string, file: Pick<ParsedConfig, 'settings' | 'extends'>, ground: Ground): Resolved {
  return new Extending(ground, dirname(path)).resolve(path, file);
}

/** A file on the way from the `portolan.yaml` to the one that is looked at. */
interface Step {
  readonly path: string;
  /** The entry of the `portolan.yaml` that leads here, and how the file itself is named; none for that file itself. */
  readonly at?: string;
  readonly name?: string;
  /** It comes from a package, and may name nothing outside of this folder. */
  readonly confined?: string;
}

class Extending {
  readonly #ground: Ground;
  readonly #folder: string;
  readonly #named: NamedSource[] = [];
  readonly #extended = new Map<string, boolean>();
  readonly #troubles: ExtendingTrouble[] = [];
  #followed = 0;

  constructor(ground: Ground, folder: string) {
    this.#ground = ground;
    this.#folder = folder;
  }

  resolve(path: string, file: Pick<ParsedConfig, 'settings' | 'extends'>): Resolved {
    const settings = this.#follow(file, [{ path }]);
    return { settings, named: this.#named, extended: this.#extended, troubles: this.#troubles };
  }

  #follow(file: Pick<ParsedConfig, 'settings' | 'extends'>, trail: readonly Step[]): Settings {
    const step = trail.at(-1)!;
    // The nearest registries come first.
    const own = { ...this.#allowed(file.settings, step), registries: this.#registries(file.settings, step) };
    return layered(
      file.extends.reduce((outer, source) => layered(outer, this.#inherited(source, trail)), noSettings),
      own,
    );
  }

  #inherited(source: Source, trail: readonly Step[]): Settings {
    const step = trail.at(-1)!;
    const at = step.at ?? source.path;
    const name = nameOf(source, step);
    const trouble = (message: string) => {
      this.#troubles.push({ at, message: `${name} ${message}` });
      return noSettings;
    };
    const located = this.#ground.sources.locate(source, dirname(step.path));
    const path = resolve(dirname(step.path), plainPath(located.path));
    if (!mayName(source, path, step))
      return trouble('lies outside of what comes with it; only your own files may name it.');
    if (trail.some((earlier) => earlier.path === path))
      return trouble('is extended by itself; take one `extends` out.');
    if (trail.length > DEEPEST) return trouble(`is more than ${DEEPEST} files away; extend it directly.`);
    if (++this.#followed > MOST)
      return this.#followed === MOST + 1 ? trouble(`is one of more than ${MOST} files; extend fewer.`) : noSettings;
    this.#extended.set(path, located.isShared ?? false);
    const file = this.#ground.file(path);
    if (file === undefined) return noSettings;
    if (file === null)
      return trouble(
        `cannot be read${located.why ? `, because ${located.why}` : '; name a file with settings that is there.'}`,
      );
    const [problem] = file.problems;
    if (problem) {
      const { line, column } = file.lines.position(problem.span.start);
      trouble(`is not right at ${line + 1}:${column + 1}: ${problem.message}`);
    }
    const confined = located.within ?? step.confined;
    return this.#follow(file, [
      ...trail,
      { path, at, name: seenFrom(step, source), ...(confined !== undefined && { confined }) },
    ]);
  }

  /** The registries that a file names, and notes them. */
  #registries({ registries }: Settings, step: Step): RegistryPattern[] {
    const folder = dirname(step.path);
    return registries.flatMap((entry) => {
      const { path: found, isShared, why, news } = this.#ground.sources.locate(entry, folder);
      const shared = isShared || step.confined !== undefined ? { isShared: true as const } : {};
      const here = { ...noSettings, registries: [{ ...entry, path: found, ...shared }] };
      const named = isGlob(entry.path) && !isRemote(entry) ? {} : { name: seenFrom(step, entry) };
      const pattern = { ...rebase(here, folder).registries[0]!, folder: this.#folder, ...named };
      const at = step.at ?? entry.path;
      if (!mayName(entry, plainPath(pattern.path), step)) {
        const message = `${nameOf(entry, step)} lies outside of what comes with it; only your own files may name it.`;
        this.#troubles.push({ at, message });
        return [];
      }
      const told = { ...(why !== undefined && { why }), ...(news !== undefined && { news }) };
      this.#named.push({ at, written: nameOf(entry, step), pattern, ...told });
      return [pattern];
    });
  }

  /** What comes from elsewhere decides over what is found, and not over what is read. */
  #allowed(settings: Settings, step: Step): Settings {
    if (step.confined === undefined) return settings;
    const { include, exclude } = settings;
    const taken = exclude.filter((glob) => glob.startsWith('!'));
    for (const [key, globs] of Object.entries({ include, exclude: taken })) {
      if (globs.length === 0) continue;
      const message = `\`${step.name}\` sets \`${key}: ${globs[0]}\`, which only your own files may.`;
      this.#troubles.push({ at: step.at!, message });
    }
    return { ...settings, include: [], exclude: exclude.filter((glob) => !glob.startsWith('!')) };
  }
}

/** A file as it is named, and by whom unless that is the `portolan.yaml` itself. */
function nameOf(source: Source, { name }: Step): string {
  const shown = `\`${shownName(source)}\``;
  return name === undefined ? shown : `${shown}, named by \`${name}\`,`;
}

/** A file as the `portolan.yaml` itself would name it. */
function seenFrom({ name }: Step, source: Source): string {
  const shown = shownName(source);
  const isWhole = isRemote(source) || isOfPackage(shown) || shown.startsWith('~') || isAbsolute(shown);
  return name === undefined || isWhole ? shown : resolve(dirname(name), shown);
}

/** What stands behind `?` in a URL may be a secret. */
function shownName(source: Source): string {
  return isRemote(source) ? source.path.split('?')[0]! : plainPath(source.path);
}

/**
 * Whether a file may name another one: what comes from a package only that package's own files and other packages, what
 * comes from another machine nothing here, and both what has a hash.
 */
function mayName(source: Source, path: string, step: Step): boolean {
  const { confined } = step;
  if (confined === undefined || isRemote(source)) return true;
  if (isOfPackage(source.path)) return confined !== step.path;
  return isWithin(resolve('', path), confined) && !isGlob(source.path);
}

/** As {@link merge}, but what is taken off an outer level is still to be taken off those beyond. */
function layered(outer: Settings, inner: Settings): Settings {
  const kept = outer.exclude.filter((glob) => !inner.exclude.includes(`!${glob}`));
  return { ...merge(outer, inner), exclude: [...kept, ...inner.exclude] };
}
