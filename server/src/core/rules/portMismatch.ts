import type { FileFacts } from '../facts.ts';
import type { Contradiction, Fix, Severity } from '../finding.ts';
import type { Mismatch } from '../model/comparison/differences.ts';
import type { Index } from '../model/index.ts';
import { SENDERS } from '../model/mentions.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, placeOf } from '../model/statement.ts';
import { wrongAddressesIn } from '../queries/guides.ts';
import { isShifted } from '../queries/instances.ts';
import { deviationsIn } from '../queries/manifests.ts';
import { bystanders, inTheWay, movesAlong, repairs } from '../queries/move.ts';
import { STARTERS, startedElsewhere } from '../queries/programs.ts';
import { type Stray, straysIn } from '../queries/strays.ts';
import type { Rule } from '../rule.ts';
import { listText, portText, relatedTo, whereText } from '../words.ts';
import { insteadOf } from './instead.ts';

export const portMismatch: Rule = {
  id: 'port-mismatch',
  level: 'error',
  finds: 'a service that the registry knows uses another port',
  in: ['compose', 'dotenv', 'kubernetes', ...SENDERS, ...STARTERS, 'guide', 'registry'],
  *check(file, index) {
    for (const { mismatch, at } of mismatchesIn(file, index)) {
      if (!mismatch.former) yield contradiction(mismatch, at, index, describe(mismatch, at));
    }
    for (const stray of file.kind === 'kubernetes' ? deviationsIn(file, index) : straysIn(file, index))
      yield astray(stray);
    const started = STARTERS.has(file.kind) ? startedElsewhere(file, index) : [];
    // What a script starts while somebody develops may differ from what runs elsewhere, a unit hardly does.
    for (const one of started) yield careful(astray(one), one.use.side === 'host' ? 'warning' : 'information');
    for (const one of wrongAddressesIn(file, index)) yield careful(astray(one), 'information');
  },
};

/**
 * The places in a file at which a service disagrees with its registry, each place once: the port that is wrong, and in
 * files that only send traffic the places that reach the service by it. What stands beside the wrong port in its own
 * compose file is not said again; the fix takes it along.
 */
export function* mismatchesIn(file: FileFacts, index: Index): Iterable<{ mismatch: Mismatch; at: PlacedUse }> {
  const seen = new Set<number>();
  const isSender = SENDERS.has(file.kind);
  const comparisons = isSender ? index.comparisonsReachedFrom(file) : index.comparisonsFor(file);
  const mismatches = comparisons.flatMap((comparison) => comparison.mismatches);
  const here = mismatches.filter(({ use }) => use.path === file.path);
  if (isShifted(file, here)) return;
  for (const mismatch of mismatches) {
    for (const at of isSender ? movesAlong(mismatch, index) : [mismatch.use]) {
      if (at.path !== file.path || seen.has(at.span.start)) continue;
      seen.add(at.span.start);
      yield { mismatch, at };
    }
  }
}

export function contradiction(mismatch: Mismatch, at: PlacedUse, index: Index, message: string): Contradiction {
  const { instead, running } = mismatch;
  const first = instead[0]!;
  const others = bystanders(mismatch, at, index);
  return {
    path: at.path,
    span: at.span,
    message: others.length === 0 ? message : `${message} ${sharedText(others)}`,
    port: at.port,
    service: running.service.name,
    expected: instead.map(({ claim }) => claim.port),
    registry: placeOf(first),
    related: [
      ...instead.map(relatedTo),
      ...inTheWay(mismatch, index).map(({ path, span, port, service }) => {
        return { path, span, message: `${port} is still published here by ${service}` };
      }),
      ...(at.readAt ? [{ ...at.readAt, message: `Read here by ${running.service.name}` }] : []),
    ],
    fixes: others.length === 0 ? repairs(mismatch, at, index) : [],
  };
}

function sharedText(others: readonly string[]): string {
  const verb = others.length === 1 ? 'takes its port' : 'take their ports';
  return `${listText(others)} ${verb} from this number as well, so no fix is offered.`;
}

function describe({ running, instead }: Mismatch, at: PlacedUse): string {
  const first = instead[0]!;
  const right = listText(
    instead.map(({ claim }) => portText(claim)),
    'or',
  );
  const owner = ownerOf(first.claim);
  const as = owner === running.service.name ? '' : ` as "${owner}"`;
  return `${running.service.name} ${verbs[at.role]} ${portText({ ...at, endPort: at.endPort! })}${origin(at)}, but the registry gives it ${right}${as} (${whereText(first)}).`;
}

/** A port that a variable gives when nobody sets it. */
function origin({ via, readAt }: PlacedUse): string {
  return via && !readAt ? `, the default of ${via.at(-1)}` : '';
}

/** What may well be meant as it is. */
function careful(found: Contradiction, severity: Severity): Contradiction {
  return { ...found, severity, fixes: found.fixes.map(unasked) };
}

/** A fix that is only made by whoever chooses it. */
export function unasked(fix: Fix): Fix {
  return { ...fix, preferred: false };
}

function astray({ use, repeated = [], instead }: Stray): Contradiction {
  const { owner, expected, ports, where, registry } = insteadOf(instead);
  return {
    path: use.path,
    span: use.span,
    message: `${use.service} ${verbs[use.role]} ${use.port}, but the registry gives "${owner}" ${ports} (${where}).`,
    port: use.port,
    ...(use.service !== undefined && { service: use.service }),
    expected,
    registry,
    related: instead.map(relatedTo),
    fixes: expected.map((port) => ({
      title: `Use ${port}, the port of ${owner}`,
      preferred: expected.length === 1,
      edits: [use, ...repeated].map(({ path, span }) => ({ path, span, newText: String(port) })),
    })),
  };
}

const verbs: Readonly<Record<PlacedUse['role'], string>> = {
  published: 'publishes',
  target: 'listens on',
  exposed: 'exposes',
  listen: 'listens on',
  upstream: 'is reached on',
  proxy: 'is reached on',
  environment: 'is told to use',
  healthcheck: 'is checked on',
  command: 'is started on',
  label: 'is labelled with',
  url: 'is reached on',
};
