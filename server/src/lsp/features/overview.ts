import { overviewOf, problemsOf } from '../../core/features/overview.ts';
import type { Finding, Place } from '../../core/finding.ts';
import { byAuthority } from '../../core/model/governance.ts';
import { feature } from '../feature.ts';
import type { OverviewAnswer, WirePlace } from '../overviewAnswer.ts';
import { nowhere, rangeOf } from '../toLsp.ts';
import { heed, Slices } from '../workspace/slices.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** All registries and what became of them, as the ports view and the port map show it. */
export const overviewFeature = feature({
  method: 'portolan/overview',
  async answer(_: unknown, { workspace }, cancel): Promise<OverviewAnswer> {
    await workspace.settled();
    heed(cancel);
    const slices = new Slices();
    const findings: Finding[] = [];
    for (const path of workspace.troubled()) {
      findings.push(...workspace.findings(path));
      await slices.breathe(cancel);
    }
    const places = new Places(workspace);
    const registries: OverviewAnswer['registries'][number][] = [];
    for (const path of registriesOf(workspace)) {
      const seen = workspace.look(path);
      const overview = seen && overviewOf(seen.file, seen.index, findings, places.write);
      if (overview) registries.push(overview);
      await slices.breathe(cancel);
    }
    const problems = problemsOf(findings.filter(isProblem), places.write);
    return { files: places.files, registries, problems };
  },
});

function registriesOf(workspace: Workspace): string[] {
  const files = workspace.documents().flatMap((path) => workspace.look(path)?.file ?? []);
  return files
    .filter(({ document }) => document)
    .sort(byAuthority)
    .map(({ path }) => path);
}

function isProblem({ rule, severity }: Finding): boolean {
  return rule !== 'unregistered-port' && (severity === 'error' || severity === 'warning');
}

/** Writes places down, and remembers the files in which they lie. */
class Places {
  readonly files: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  readonly write = ({ path, span }: Place): WirePlace => {
    const { start, end } = rangeOf({ path, span }, this.#workspace) ?? nowhere;
    const last = end.line === start.line ? end.character : start.character;
    return [this.#numberOf(path), start.line, start.character, last];
  };

  #numberOf(path: string): number {
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    this.#numbers.set(path, this.files.length);
    return this.files.push(this.#workspace.uri(path)) - 1;
  }
}
