import type { FileFacts } from '../../facts.ts';
import { grouped, kept, push } from '../../grouped.ts';
import { dirname } from '../../path.ts';
import { Recent } from '../../recent.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Dependencies, Question, type Touched } from '../dependencies.ts';
import { hostNamesOf, hostsDefinedIn, Mentions, servicesDefinedIn } from '../mentions.ts';
import { dockerfileOf } from './image.ts';
import { layersAfter, layersBefore } from './layers.ts';
import { type ComposeFiles, FARTHEST, projectServices, servicesInEffect } from './project.ts';
import { type Running, runningServices } from './services.ts';
import { type PlacedUse, placedUses } from './uses.ts';

/** Of so many compose files it is kept what was worked out of them: of those somebody looks at, not of all there are. */
export const LATELY = 512;

/**
 * The services of all compose files as Docker runs them. What is worked out is kept until a file changes that it rests
 * on; which compose files rest on which others follows from what each of them says by itself.
 */
export class Fleet {
  readonly #files: ReadonlyMap<string, FileFacts>;
  #stacks: Settings['stacks'];
  readonly #inFolder = new Mentions(({ kind, path }) => (kind === 'compose' ? [dirname(path)] : []));
  readonly #defining = new Mentions(servicesDefinedIn);
  readonly #answeringTo = new Mentions(hostsDefinedIn);
  /** The compose files that include a file or extend its services. */
  readonly #takingIn = new Mentions(filesTakenIn);
  /** The compose files with services of which a Dockerfile or an environment file tells. */
  readonly #toldBy = new Mentions(filesThatTell);
  readonly #foldersDefining = new Map<string, ReadonlySet<string>>();
  readonly #known = new Recent<Known>(LATELY);
  readonly #questions: Dependencies | undefined;

  /** @param files those of the index, which changes them and says so */
  constructor(files: ReadonlyMap<string, FileFacts>, stacks: Settings['stacks'], questions?: Dependencies) {
    this.#files = files;
    this.#stacks = stacks;
    this.#questions = questions;
  }

  set stacks(stacks: Settings['stacks']) {
    this.#stacks = stacks;
    this.#known.clear();
  }

  /**
   * Takes a change of one file. Gives the compose files whose services may be others now, the names of services that the
   * file has come to define or defines no more, and all questions whose answers may be others.
   */
  change(
    before: FileFacts | undefined,
    after: FileFacts | undefined,
  ): { composes: ReadonlySet<string>; defined: readonly string[]; touched: Touched[] } {
    const composes = this.#restingOn([before, after].filter((file) => file !== undefined));
    const folders = this.#inFolder.replace(before, after);
    const defined = this.#defining.replace(before, after);
    const hosts = this.#answeringTo.replace(before, after);
    const takenIn = this.#takingIn.replace(before, after);
    this.#toldBy.replace(before, after);
    for (const name of defined) this.#foldersDefining.delete(name);
    for (const path of composes) this.#known.delete(path);
    if (!this.#questions) return { composes, defined, touched: [] };
    const layers = before && after ? [] : layersBefore((before ?? after)!.path, this.#stacks);
    const touched: Touched[] = [
      ...[...composes].map((path): Touched => [Question.services, path]),
      ...folders.map((folder): Touched => [Question.folder, folder]),
      ...defined.map((name): Touched => [Question.defined, name]),
      ...hosts.map((host): Touched => [Question.host, host]),
      ...[...takenIn, ...layers].map((path): Touched => [Question.dependents, path]),
    ];
    return { composes, defined, touched };
  }

  /** The compose files that follow from these files. */
  #restingOn(files: readonly FileFacts[]): Set<string> {
    const resting = new Set<string>();
    for (const { kind, path } of files) {
      if (kind === 'compose') resting.add(path);
      for (const compose of this.#toldBy.of(path)) resting.add(compose);
      if (kind === 'dotenv') for (const compose of this.#inFolder.of(dirname(path))) resting.add(compose);
    }
    let level: readonly string[] = [...resting];
    for (let distance = 0; level.length > 0 && distance < FARTHEST; distance++) {
      const next = new Set(level.flatMap((path) => this.#restingOnCompose(path)));
      level = [...next].filter((path) => !resting.has(path));
      for (const path of level) resting.add(path);
    }
    return resting;
  }

  #restingOnCompose(path: string): string[] {
    return [...this.#takingIn.of(path), ...layersAfter(path, this.#stacks)];
  }

  /** The dotenv file that Docker reads for a compose file. */
  environmentOf(path: string): FileFacts | undefined {
    return this.#files.get(environmentPath(path));
  }

  /** The compose files that stand beside a dotenv file. */
  servedBy(dotenv: string): FileFacts[] {
    this.#questions?.ask(Question.folder, dirname(dotenv));
    return this.#inFolder.of(dirname(dotenv)).map((path) => this.#files.get(path)!);
  }

  /** The compose files that are merged in front of this one. */
  mergedBefore(path: string): string[] {
    return layersBefore(path, this.#stacks).filter((other) => this.#files.has(other));
  }

  /** The other compose files that include a file, merge themselves after it or extend services of it. */
  dependentsOf(path: string): string[] {
    this.#questions?.ask(Question.dependents, path);
    const dependents = this.#restingOnCompose(path).filter((other) => other !== path && this.#files.has(other));
    return [...new Set(dependents)].sort();
  }

  /** The services of a compose file as they run, with what they extend and what is merged before the file. */
  runningIn(path: string): readonly Running[] {
    this.#questions?.ask(Question.services, path);
    const known = this.#of(path);
    known.running ??= servicesInEffect(path, this.#composeFiles);
    return known.running;
  }

  /** The services that run when Docker is given a compose file: its own and those of the files that belong to it. */
  projectOf(path: string): readonly Running[] {
    this.#questions?.ask(Question.services, path);
    const known = this.#of(path).project;
    if (known) return known;
    const project = projectServices(path, this.runningIn(path), this.#composeFiles);
    this.#of(path).project = project; // anew, as a project of many files drives out what was known of this one
    return project;
  }

  /** The uses of a file in the environment that is in effect. */
  placedIn(file: FileFacts): readonly PlacedUse[] {
    const known = this.#of(file.path);
    known.placed ??= placedUses(file, this.environmentOf(file.path));
    return known.placed;
  }

  /** The services of a compose file with what it says alone, in another environment. */
  runningWith(path: string, environment: FileFacts | undefined): Running[] {
    this.#questions?.ask(Question.services, path);
    const file = this.#files.get(path);
    if (!file) return [];
    return runningServices(file, placedUses(file, environment), (path) => this.#files.get(path));
  }

  readonly #composeFiles: ComposeFiles = {
    file: (path) => this.#files.get(path),
    alone: (path) => {
      const known = this.#of(path);
      const file = this.#files.get(path);
      known.alone ??= file ? runningServices(file, this.placedIn(file), (other) => this.#files.get(other)) : [];
      return known.alone;
    },
    mergedBefore: (path) => this.mergedBefore(path),
  };

  /** The compose services that answer to a host name, those nearest to the asking file. */
  servicesNamed(host: string, from: string): Running[] {
    this.#questions?.ask(Question.host, host);
    return this.filesAnswering(host, from).flatMap((path) => this.#answeringIn(path).get(host) ?? []);
  }

  /** The compose files in which these services stand. */
  filesAnswering(host: string, from: string): readonly string[] {
    return this.#answeringTo.nearest(host, dirname(from));
  }

  /** The services of a compose file by the host names that the file itself gives them. */
  #answeringIn(path: string): ReadonlyMap<string, readonly Running[]> {
    this.#questions?.ask(Question.services, path);
    const known = this.#of(path);
    known.answering ??= this.#byHost(path);
    return known.answering;
  }

  #byHost(path: string): Map<string, readonly Running[]> {
    const byName = grouped(this.runningIn(path), ({ service }) => service.name);
    const byHost = new Map<string, Running[]>();
    for (const service of this.#files.get(path)?.services ?? []) {
      for (const host of new Set(hostNamesOf(service))) {
        for (const running of byName.get(service.name) ?? []) push(byHost, host, running);
      }
    }
    return byHost;
  }

  #of(path: string): Known {
    return this.#known.kept(path, () => ({}));
  }

  /** In which folders compose files define a service of this name. */
  foldersDefining(service: string): ReadonlySet<string> {
    this.#questions?.ask(Question.defined, service);
    return kept(this.#foldersDefining, service, () => new Set(this.#defining.of(service).map(dirname)));
  }
}

/** What was worked out of a compose file; all of it is forgotten together, so that it is of one piece. */
interface Known {
  placed?: readonly PlacedUse[];
  /** Its services by what the file says alone, and as they are in effect. */
  alone?: readonly Running[];
  running?: readonly Running[];
  /** The latter by their host names, and with the rest of their project. */
  answering?: ReadonlyMap<string, readonly Running[]>;
  project?: readonly Running[];
}

/** Where the dotenv file lies that Docker reads for a compose file. */
export function environmentPath(path: string): string {
  return dirname(path) === '' ? '.env' : `${dirname(path)}/.env`;
}

/** The files on which the services of a compose file rest, by what it says itself. */
export function filesBehind(file: FileFacts): string[] {
  return [...filesTakenIn(file), ...filesThatTell(file)];
}

function filesTakenIn({ kind, includes, services }: FileFacts): string[] {
  if (kind !== 'compose') return [];
  return [...(includes ?? []), ...services.flatMap((service) => service.extends?.path ?? [])];
}

function filesThatTell({ path, services }: FileFacts): string[] {
  return services.flatMap((service) => [dockerfileOf(service, path) ?? [], ...(service.envFiles ?? [])].flat());
}
