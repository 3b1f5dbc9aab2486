import type { Report } from '../report.ts';
import type { Style } from '../terminal.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { stylish } from './stylish.ts';

/** Prints a report. Only a format for people looks at the style. */
export type Format = (report: Report, style: Style) => string;

export const formats: Readonly<Record<string, Format>> = { stylish, json, jsonl };
