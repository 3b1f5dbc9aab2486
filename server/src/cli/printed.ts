import { harmless } from '../core/harmless.ts';

/**
 * A text of the workspace as it may stand in a line for people. It steers no terminal, and it is no command to a runner
 * that reads along: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function printed(text: string): string {
  return harmless(text)
    .replace(/^(\s*):(?=:)/, '$1\ufffd')
    .replaceAll('##[', '##\ufffd');
}

/** A value as JSON that steers no terminal, either: what {@link JSON.stringify} leaves as it is stands escaped, too. */
export function jsonText(value: unknown, indent?: number): string {
  const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(HIDDEN, escaped);
}

const HIDDEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
