import { isGeneric, wordsOf } from '../../model/names.ts';
import { type Statement, withoutRemarks } from '../../model/statement.ts';
import { scalar } from '../../settings/settingsEdits.ts';
import type { Span } from '../../text.ts';

/** A row with the name of its service as it is written there. */
export interface Named extends Statement {
  /** The text that stands there, without marks around it. */
  readonly name: string;
  /** The name with a remark in parentheses, without what the head of a column adds. */
  readonly called: string;
  readonly span: Span;
}

/** The name that a row's own text gives its service; `undefined` where it stands elsewhere, or with marks within it. */
export function nameIn({ claim, file }: Statement, text: string): Named | undefined {
  const { service, serviceSpan } = claim;
  if (service === undefined || !serviceSpan) return undefined;
  const cell = text.slice(serviceSpan.start, serviceSpan.end);
  const whole: Named = { claim, file, name: service, called: service, span: serviceSpan };
  if (cell === service || cell === newText(whole, service, text)) return whole;
  const bare = withoutRemarks(service);
  for (const name of [service, bare]) {
    const at = name === '' ? -1 : cell.indexOf(name);
    if (at < 0 || at !== cell.lastIndexOf(name)) continue;
    const start = serviceSpan.start + at;
    return { ...whole, name, span: { start, end: start + name.length } };
  }
  // The head of the column says the rest: `crane` under `HTTP`.
  return service.startsWith(`${cell} `) ? { ...whole, name: cell, called: cell } : undefined;
}

/** Whether a name is but a kind of thing, so that something around it has to say whose it is. */
export function isBare(name: string): boolean {
  return isGeneric(name) && wordsOf(name).length < 2;
}

/** What to put in place of a written name: in YAML and JSON with the quotes that it needs. */
export function newText({ claim, span }: Named, name: string, text: string): string {
  if (claim.form !== 'yaml' && claim.form !== 'json') return name;
  const quote = text[span.start - 1];
  const isQuoted = quote === text[span.end];
  if (isQuoted && quote === '"') return JSON.stringify(name).slice(1, -1);
  if (isQuoted && quote === "'") return name.replaceAll("'", "''");
  return scalar(name);
}
