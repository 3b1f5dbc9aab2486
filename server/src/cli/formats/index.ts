import type { Report } from '../report.ts';
import type { Style } from '../terminal.ts';
import { compact } from './compact.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { junit } from './junit.ts';
import { rdjson } from './rdjson.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

/** Prints a report. Only a format for people looks at the style. */
export type Format = (report: Report, style: Style) => string | Promise<string>;

export const formats: Readonly<Record<string, Format>> = {
  stylish,
  compact,
  json,
  jsonl,
  github,
  sarif,
  junit,
  gitlab,
  rdjson,
};
