import { jsonText } from '../printed.ts';
import type { Report } from '../report.ts';
import { describe } from './json.ts';

/** One finding a line, with the fields of the json format, for line-wise tools. */
export function jsonl({ findings, workspace }: Report): string {
  return findings.map((finding) => jsonText(describe(finding, workspace)) + '\n').join('');
}
