import type { Claim, Form } from '../../facts.ts';
import { findPorts } from '../../notation/portText.ts';
import { namesEnvironment } from '../../vocabulary/environments.ts';
import type { Line } from './blocks.ts';
import type { Context } from './context.ts';
import { clean, mask } from './inline.ts';

const HEAD = /^([^:]{2,40}):/;
const USES = /^[\s,;]*(?:and )?(\S.{0,60}?) (?:uses|is on|runs on|listens on) (?:port )?$/i;

/** `Development: Grafana uses 3000, Mission Control uses 3001`: what a known clash has come to in one environment. */
export function readUsage(line: Line, context: Context, form: Form): Claim[] {
  const masked = mask(line.text);
  const head = HEAD.exec(masked);
  const environment = head && clean(head[1]!);
  if (!environment || !namesEnvironment(environment)) return [];
  let from = head[0].length;
  return findPorts(masked).flatMap(({ span, ...port }): Claim[] => {
    const service = USES.exec(masked.slice(from, span.start))?.[1];
    from = span.end;
    if (service === undefined) return [];
    return [
      {
        kind: 'claim',
        role: 'assignment',
        ...port,
        side: 'any',
        service: clean(service),
        form,
        span: { start: line.start + span.start, end: line.start + span.end },
        scope: { environment },
        section: context.section,
      },
    ];
  });
}
