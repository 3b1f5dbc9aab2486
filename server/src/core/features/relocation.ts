import type { FileFacts } from '../facts.ts';
import type { Edit } from '../finding.ts';
import { basename } from '../path.ts';
import { type Asked, askedSubject, type Refusal } from './relocation/asked.ts';
import { obstacleTo, sharersOf } from './relocation/obstacle.ts';
import { placesOf } from './relocation/places.ts';
import { newFindings, type Trial } from './relocation/trial.ts';
import { documentUrls } from './relocation/urls.ts';

export type { Asked, Refusal, Trial };

/** The kinds of files that are told apart when a change is shown. */
export type FileGroup =
  | 'Registry'
  | 'Compose files'
  | 'nginx'
  | 'Environment files'
  | 'Dockerfiles'
  | 'Prometheus'
  | 'Kubernetes'
  | 'Traefik'
  | 'Caddy'
  | 'Scripts'
  | 'Workflows'
  | 'Dev containers'
  | 'systemd'
  | 'Documents'
  | 'Generated files';

/** All edits by which a service gets another port, everywhere at once. */
export interface Relocation {
  readonly service: string;
  /** The port as it was asked for. */
  readonly from: number;
  readonly to: number;
  /** Each replaces the digits of a port by others. */
  readonly edits: readonly Edit[];
}

/**
 * Moves one port of one service, wherever it is written.
 * @param shown turns a path of the index into one to show
 * @returns the edits, or one sentence that says why there are none
 */
export function relocate(
  asked: Asked,
  port: number,
  trial: Trial,
  shown?: (path: string) => string,
): Relocation | Refusal {
  const planned = plan(asked, port, trial, shown);
  if ('refused' in planned) return planned;
  const unread = planned.edits.find(({ path }) => trial.text(path) === undefined);
  if (unread) return { refused: `${shown?.(unread.path) ?? basename(unread.path)} cannot be read.` };
  const lossy = planned.edits.find(({ path }) => trial.index.file(path)?.isLossy);
  if (lossy) return { refused: `${shown?.(lossy.path) ?? basename(lossy.path)} is not valid UTF-8.` };
  const [news] = newFindings(planned.edits, trial);
  return news ? { refused: `After that something new would be wrong: ${news.message}` } : planned;
}

/**
 * The same without a fresh check of what comes of it, for asking at every keystroke. Of a file that is not at hand the
 * text is taken to be as it was read.
 */
export function plan(asked: Asked, port: number, trial: Trial, shown?: (path: string) => string): Relocation | Refusal {
  const { index, text } = trial;
  const subject = askedSubject(asked, index, shown);
  if ('refused' in subject) return subject;
  const known = placesOf(subject, port, index).filter((place) => place.port !== port);
  const refused = obstacleTo(subject, port, index, shown) ?? sharersOf(subject, known, index, shown);
  if (refused !== undefined) return { refused };
  const places = [...known, ...documentUrls(subject, known, trial)];
  const strange = places.find(({ path, span, port: was }) => {
    const written = text(path)?.slice(span.start, span.end);
    return written !== undefined && written !== String(was);
  });
  if (strange) return { refused: `${strange.port} is not written in plain digits at one of its places.` };
  const edits = places.map(({ path, span }) => ({ path, span, newText: String(port) }));
  return { service: subject.name, from: subject.port, to: port, edits };
}

/** The group in which a file's changes are shown. */
export function groupOf({ kind, document, isGenerated }: FileFacts): FileGroup {
  if (isGenerated) return 'Generated files';
  if (document) return document.authority === 'registry' ? 'Registry' : 'Documents';
  return groups[kind];
}

const groups: Readonly<Record<FileFacts['kind'], FileGroup>> = {
  registry: 'Documents',
  compose: 'Compose files',
  nginx: 'nginx',
  dotenv: 'Environment files',
  dockerfile: 'Dockerfiles',
  prometheus: 'Prometheus',
  kubernetes: 'Kubernetes',
  traefik: 'Traefik',
  caddy: 'Caddy',
  package: 'Scripts',
  workflow: 'Workflows',
  devcontainer: 'Dev containers',
  systemd: 'systemd',
  procfile: 'Scripts',
  makefile: 'Scripts',
  guide: 'Documents',
};
