import type { Claim, Form } from '../../facts.ts';
import { findPorts } from '../../notation/portText.ts';
import { BINDING, EVERY_PORT, GENERAL_SECTIONS, OVERALL } from '../../vocabulary/bounds.ts';
import { anyPhrase, type Phrases } from '../../vocabulary/phrases.ts';
import { PORT, RANGE } from '../../vocabulary/portColumns.ts';
import { spokenRole } from '../../vocabulary/roles.ts';
import type { Line } from './blocks.ts';
import type { Context } from './context.ts';
import { clean, mask } from './inline.ts';

const rangeWord = anyPhrase(RANGE);
const everyPort = anyPhrase(EVERY_PORT);
const bindingWord = anyPhrase(BINDING);
const generalSection = anyPhrase(GENERAL_SECTIONS);
const labelWords = anyPhrase([...PORT, ...RANGE, ...OVERALL]);
const bindingWords = anyPhrase([...PORT, ...RANGE, ...BINDING, ...OVERALL, 'use', 'the']);

/**
 * The range in which a document says that its ports lie: `Port Range: 53000-54999`, `53000–54999 only`, `All ports must
 * be in 53000–54999`. Ranges of single groups are told below their own headings and are none of this.
 */
export function readBounds(line: Line, context: Context, form: Form): Claim[] {
  const masked = mask(line.text);
  const [range, ...others] = findPorts(masked);
  if (range?.endPort === undefined || others.length > 0 || context.silent || !isGeneral(context)) return [];
  if (context.role || spokenRole(masked)) return [];
  const before = clean(masked.slice(0, range.span.start));
  const binding = bindingWord.test(masked);
  const alone = binding && wordsOnly(`${before} ${firstClause(masked.slice(range.span.end))}`, bindingWords);
  if (!isLabel(before) && !alone && !(binding && everyPort.test(masked))) return [];
  const [title] = context.section;
  return [
    {
      kind: 'claim',
      role: 'range',
      ...range,
      side: 'any',
      ...(title !== undefined && { service: title }),
      form,
      scope: context.scope,
      section: context.section,
      ...(binding && { binding }),
      span: { start: line.start + range.span.start, end: line.start + range.span.end },
    },
  ];
}

/** Below the title alone, or where the document tells its rules. */
function isGeneral({ section, subject }: Context): boolean {
  return section.length <= 1 || (subject !== undefined && generalSection.test(subject));
}

/** `Port Range:` with nothing that names a group. */
function isLabel(before: string): boolean {
  return /[:：]$/.test(before) && rangeWord.test(before) && wordsOnly(before, labelWords);
}

/** `(53000 for the gate)` and what follows a full stop say nothing about the range. */
function firstClause(text: string): string {
  return clean(text.split(/[.;,(（。、，]/)[0]!);
}

/** Whether a text is made of these words alone. */
function wordsOnly(text: string, words: Phrases): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(new RegExp(words.pattern, 'giu'), ' '));
}
