import type { FileFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { dirname } from '../path.ts';
import { defaults, type Settings } from '../settings/settings.ts';
import { Claims } from './claims/claims.ts';
import type { Comparison } from './comparison/comparison.ts';
import { Comparisons } from './comparison/comparisons.ts';
import { type Dependencies, Question, type Touched } from './dependencies.ts';
import { Desk, type Files } from './desk.ts';
import { asConfigured } from './governance.ts';
import { looksSame } from './looks.ts';
import { hostsReachedFrom, Mentions } from './mentions.ts';
import { Occurrences } from './occurrences.ts';
import { HostPorts } from './portCounts.ts';
import { environmentPath, Fleet } from './services/fleet.ts';
import type { Running } from './services/services.ts';
import { doesSomething, type PlacedUse } from './services/uses.ts';
import { References, reachedAt } from './traffic/references.ts';
import { Traffic } from './traffic/traffic.ts';

/**
 * The facts of all files and what follows from them across files. What follows is worked out when first asked for and
 * kept until a file changes that it rests on. The order in which files come makes no difference.
 */
export class Index {
  #isPartial = false;
  /** Something was asked to which a file that was not read may give another answer. */
  #isUnsure = false;
  readonly #files = new Map<string, FileFacts>();
  /** The paths of the files, sorted, so that nothing rests on the order in which files have come. */
  #paths: readonly string[] | undefined;
  /** The documents as they were read, before the settings had their say. */
  readonly #documents = new Map<string, { file: FileFacts; borrowed: boolean }>();
  readonly #fleet: Fleet;
  readonly #reaching = new Mentions(hostsReachedFrom);
  #settings: Settings;
  #claims: Claims | undefined;
  #desk: Desk | undefined;
  /** The findings of documents, until anything changes. */
  readonly #findings = new Map<string, readonly Finding[]>();
  #traffic: Traffic | undefined;
  readonly #references = new References({
    file: (path) => this.#files.get(path),
    usesIn: (path) => this.usesIn(path),
    servicesNamed: (host, from) => this.servicesNamed(host, from),
    reaching: (host) => this.#reaching.of(host),
  });
  readonly #forDesks: Files = {
    file: (path) => this.file(path),
    placedIn: (compose) => this.#placedIn(compose),
    servedBy: (dotenv) => this.servedBy(dotenv),
    readersOf: (dotenv) => this.readersOf(dotenv),
    dependentsOf: (path) => this.dependentsOf(path),
    servicesNamed: (host, from) => this.#servicesNamed(host, from),
    comparison: (path, sample) => this.comparison(path, sample),
  };
  readonly #comparisons: Comparisons;
  #occurrences: Occurrences | undefined;
  /** The ports of the host that the files take. */
  readonly hostPorts: HostPorts;

  readonly #questions: Dependencies | undefined;

  /** @param questions takes note of what is asked, where somebody wants to know which answers a change may change */
  constructor(settings: Settings = defaults, questions?: Dependencies) {
    this.#settings = settings;
    this.#questions = questions;
    this.#fleet = new Fleet(this.#files, settings.stacks, questions);
    this.#comparisons = new Comparisons(this.#fleet, this, questions);
    this.hostPorts = new HostPorts((path) => this.#usesHere(path), questions);
  }

  /** There are files that were not read, so that nothing can be told from what is missing. */
  get isPartial(): boolean {
    return this.#isPartial;
  }

  set isPartial(isPartial: boolean) {
    this.#isPartial = isPartial;
    this.#forgetAnswers();
  }

  /**
   * Whether a piece of work comes to the same result when more files are known, other than registries that govern the
   * same files and files of the same projects.
   */
  isSure(work: () => void): boolean {
    if (!this.#isPartial) return true;
    this.#forgetAnswers();
    this.#isUnsure = false;
    work();
    return !this.#isUnsure;
  }

  #forgetAnswers(): void {
    this.#comparisons.clear();
    this.#desk = undefined;
    this.#findings.clear();
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Whoever changes the settings checks every file again. */
  set settings(settings: Settings) {
    this.#settings = settings;
    this.#claims = undefined;
    this.#desk = undefined;
    this.#findings.clear();
    this.#fleet.stacks = settings.stacks;
    this.#references.clear();
    this.#comparisons.clear();
    for (const { file, borrowed } of this.#documents.values()) {
      const configured = asConfigured(file, settings.registries, borrowed);
      this.#occurrences?.replace(this.#files.get(file.path), configured);
      this.#files.set(file.path, configured);
    }
  }

  /**
   * Adds a file, or replaces what was known of it.
   * @param borrowed a document outside the workspace, which counts where the settings name it and nowhere else
   * @returns whether others may see something of the change
   */
  put(file: FileFacts, borrowed = false): boolean {
    if (file.document) this.#documents.set(file.path, { file, borrowed });
    else this.#documents.delete(file.path);
    return this.#change(file.path, asConfigured(file, this.#settings.registries, borrowed));
  }

  /** An index of the same files, in which changes can be tried out. */
  copy(): Index {
    const copy = new Index(this.#settings);
    for (const file of this.#files.values()) {
      const known = this.#documents.get(file.path);
      copy.put(known?.file ?? file, known?.borrowed);
    }
    return copy;
  }

  /** @returns whether others may see something of the change */
  delete(path: string): boolean {
    this.#documents.delete(path);
    return this.#change(path, undefined);
  }

  /** Takes a file as it is now, and forgets what rests on it. */
  #change(path: string, after: FileFacts | undefined): boolean {
    const before = this.#files.get(path);
    if (!before && !after) return false;
    this.#desk = undefined;
    if ((before === undefined) !== (after === undefined)) this.#paths = undefined;
    this.#findings.clear();
    const reached = this.#questionsWhoReaches(before);
    if (after) this.#files.set(path, after);
    else this.#files.delete(path);
    this.#reaching.replace(before, after);
    this.#occurrences?.replace(before, after);
    this.hostPorts.touch(path, after === undefined);
    const traffic = this.#traffic && (before?.nginx || after?.nginx) ? this.#traffic.change(before, after) : [];
    const { composes, defined, touched } = this.#fleet.change(before, after);
    this.#references.change(before, after, composes);
    const isOfDocument = before?.document !== undefined || after?.document !== undefined;
    // A comparison rests on its own services, on the registries, and on which services there are elsewhere.
    if (isOfDocument || defined.length > 0) this.#comparisons.clear();
    else for (const compose of composes) this.#comparisons.delete(compose);
    const isVisible = isOfDocument ? this.#changeClaims(before, after) : !looksSame(before, after);
    if (isVisible && this.#questions) {
      const all = [...touched, ...traffic, ...reached, ...this.#questionsWhoReaches(after)];
      for (const one of all) this.#questions.touch(...one);
      this.#questions.touch(Question.file, path);
      this.#questions.touch(Question.files, '');
    }
    return isVisible;
  }

  /** Says whether others may see something of a change in a document. */
  #changeClaims(before: FileFacts | undefined, after: FileFacts | undefined): boolean {
    if (this.#claims) return this.#claims.change(before, after);
    this.#questions?.touchAll();
    return true;
  }

  /** The questions who reaches the services of a compose file, for all that a file reaches. */
  #questionsWhoReaches(file: FileFacts | undefined): Touched[] {
    if (!file || !this.#questions) return [];
    return hostsReachedFrom(file)
      .flatMap((host) => this.#fleet.filesAnswering(host, file.path))
      .map((path) => [Question.reached, path]);
  }

  /** Finds out which answers are others since files have changed, as far as that was put off. */
  settle(): void {
    this.hostPorts.settle();
  }

  file(path: string): FileFacts | undefined {
    this.#questions?.ask(Question.file, path);
    return this.#files.get(path);
  }

  /** A file as it was read, whatever the settings make of it. */
  asRead(path: string): FileFacts | undefined {
    return this.#documents.get(path)?.file ?? this.#files.get(path);
  }

  /** Whether a program writes a file. Nobody rests on it but the words of fixes, which are made when they are asked for. */
  isGenerated(path: string): boolean {
    return this.#files.get(path)?.isGenerated ?? false;
  }

  /** A file as other settings see it. */
  fileUnder(settings: Settings, path: string): FileFacts | undefined {
    const known = this.#documents.get(path);
    return known ? asConfigured(known.file, settings.registries, known.borrowed) : this.#files.get(path);
  }

  /** All files, by their paths. */
  files(): Iterable<FileFacts> {
    this.#questions?.ask(Question.files, '');
    return this.#inOrder();
  }

  #inOrder(): FileFacts[] {
    this.#paths ??= [...this.#files.keys()].sort();
    return this.#paths.map((path) => this.#files.get(path)!);
  }

  /** The documents with claims, whatever the settings make of them. */
  documents(): string[] {
    return [...this.#documents.keys()];
  }

  get claims(): Claims {
    this.#claims ??= new Claims(this.#inOrder(), this.#settings, this.#questions);
    return this.#claims;
  }

  /** In which files ports and hosts are written. Only who moves around in an editor asks for it. */
  get occurrences(): Occurrences {
    this.#occurrences ??= new Occurrences(this.#inOrder());
    return this.#occurrences;
  }

  get traffic(): Traffic {
    this.#traffic ??= new Traffic(this.#inOrder(), this.#questions);
    return this.#traffic;
  }

  /** The dotenv file that Docker reads for a compose file. */
  environmentOf(path: string): FileFacts | undefined {
    this.#questions?.ask(Question.file, environmentPath(path));
    return this.#fleet.environmentOf(path);
  }

  /** The compose files that are merged in front of this one. */
  mergedBefore(path: string): string[] {
    return this.#fleet.mergedBefore(path);
  }

  /** The compose files that stand beside a dotenv file. */
  servedBy(dotenv: string): FileFacts[] {
    const files = this.#fleet.servedBy(dotenv);
    for (const { path } of files) this.#questions?.ask(Question.file, path);
    return files;
  }

  /** Those of them that take a port from it, when it is in effect. */
  readersOf(dotenv: string): FileFacts[] {
    const isHere = ({ path }: PlacedUse) => path === dotenv;
    return this.servedBy(dotenv).filter(({ path }) => this.runningIn(path).some(({ uses }) => uses.some(isHere)));
  }

  /**
   * The uses whose digits stand in a file. A port that a compose file takes from `.env` stands there; sample files
   * such as `.env.example` are read as if they were in effect.
   */
  usesIn(path: string): readonly PlacedUse[] {
    return this.#deskFor(path).uses;
  }

  #usesHere(path: string): readonly PlacedUse[] {
    const file = this.#files.get(path);
    return file && !doesSomething(file) ? [] : this.usesIn(path);
  }

  #placedIn(compose: FileFacts): readonly PlacedUse[] {
    this.environmentOf(compose.path); // what is asked is noted
    return this.#fleet.placedIn(compose);
  }

  /** The services of a compose file as they run, with what they extend and what is merged before the file. */
  runningIn(path: string): readonly Running[] {
    return this.#fleet.runningIn(path);
  }

  /** The services that run when Docker is given a compose file: its own and those of the files that belong to it. */
  projectOf(path: string): readonly Running[] {
    return this.#fleet.projectOf(path);
  }

  /** The other compose files that include a file, merge themselves after it or extend services of it. */
  dependentsOf(path: string): string[] {
    return this.#fleet.dependentsOf(path);
  }

  /** The compose services that answer to a host name, those nearest to the asking file. */
  servicesNamed(host: string, from: string): readonly Running[] {
    return this.#deskFor(from).servicesNamed(host);
  }

  #servicesNamed(host: string, from: string): readonly Running[] {
    const named = this.#fleet.servicesNamed(host, from);
    if (!named.some(({ file }) => dirname(file.path) === dirname(from))) this.#isUnsure = true;
    return named;
  }

  /** In which folders compose files define a service of this name. */
  foldersDefining(service: string): ReadonlySet<string> {
    this.#isUnsure = true;
    return this.#fleet.foldersDefining(service);
  }

  /** Whether some compose file publishes a port. */
  publishes(port: number): boolean {
    this.#isUnsure = true;
    return this.hostPorts.isPublished(port);
  }

  /** The places in compose files and in nginx that reach a port of a service by a host name, in no order. */
  referencesBy(host: string, path: string, service: string, port: number): readonly PlacedUse[] {
    this.#questions?.ask(Question.host, host);
    this.#questions?.ask(Question.reached, path);
    return this.#references.by(host, reachedAt(path, service, port));
  }

  /**
   * How the services of a compose file agree with the registries, with the environment in effect, a sample of it, or
   * none (`null`).
   */
  comparison(path: string, sample?: FileFacts | null): Comparison {
    return this.#comparisons.of(path, sample);
  }

  /** The findings of a document, which are worked out again after any change. */
  findingsOf(path: string, work: () => readonly Finding[]): readonly Finding[] {
    const known = this.#findings.get(path);
    // Who wants to know on what they rest has to see them worked out.
    if (known && !this.#questions?.asking) return known;
    const found = work();
    this.#findings.set(path, found);
    return found;
  }

  /** Every comparison whose findings may stand in a file. */
  comparisonsFor({ path }: FileFacts): readonly Comparison[] {
    return this.#deskFor(path).comparisons;
  }

  /** The comparisons of the compose files whose services an nginx file reaches. */
  comparisonsReachedFrom({ path }: FileFacts): readonly Comparison[] {
    return this.#deskFor(path).reached;
  }

  /** What was worked out of the one file of which everybody asks at the moment. */
  #deskFor(path: string): Desk {
    const asking = this.#questions?.asking;
    if (this.#desk?.path === path && this.#desk.asking === asking) return this.#desk;
    this.#desk = new Desk(path, asking, this.#forDesks);
    return this.#desk;
  }
}
