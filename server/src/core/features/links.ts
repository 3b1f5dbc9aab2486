import type { FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import type { Span } from '../text.ts';
import { hostSpanOf } from './spot.ts';

/** A stretch of a file that leads to a place. */
export interface Link {
  readonly span: Span;
  readonly target: Place;
  /** The service that is meant. */
  readonly service: string;
}

/**
 * The services behind `http://name:port`. Editors make a link to the web of these by themselves, which leads nowhere,
 * for the name is known inside of Docker alone; and that link hides the way to the definition. All else that names a
 * host has no link: its definition is there to be gone to.
 */
export function linksIn(file: FileFacts, text: string, index: Index): Link[] {
  const links = new Map<number, Link>();
  for (const use of index.usesIn(file.path)) {
    const host = hostSpanOf(use, text);
    if (!host || !/https?:\/\/$/i.test(text.slice(Math.max(0, host.start - 8), host.start))) continue;
    const [meant] = index.servicesNamed(use.host!, file.path);
    if (!meant) continue;
    const target = { path: meant.file.path, span: meant.service.span };
    links.set(host.start, { span: { start: host.start, end: use.span.end }, target, service: meant.service.name });
  }
  return [...links.values()];
}
