import type { FreeBlock } from '../../server/src/core/features/freePorts.ts';

/** What the dialogues of a move show, and what they make of typed text; knows no editor. */

/** A port to choose, with the block in which it lies. */
export interface PortChoice {
  readonly label: string;
  readonly description: string;
  readonly port: number;
  /** Whether somebody has typed it, so that nobody knows yet whether it is free. */
  readonly isTyped: boolean;
}

/** The free ports to choose from, each once. What has been typed comes first, unless it is one of them. */
export function portChoices(blocks: readonly FreeBlock[], typed: string): PortChoice[] {
  const choices = new Map<number, PortChoice>();
  const [, digits] = /^\s*(\d{1,5})\s*$/.exec(typed) ?? [];
  const typedPort = digits === undefined ? undefined : Number(digits);
  for (const block of blocks) {
    for (const port of block.free) {
      if (!choices.has(port))
        choices.set(port, { label: `${port}`, description: blockText(block), port, isTyped: false });
    }
  }
  const others = [...choices.values()];
  if (typedPort === undefined || choices.has(typedPort)) return others;
  return [{ label: `${typedPort}`, description: '', port: typedPort, isTyped: true }, ...others];
}

/**
 * The choice that is meant when somebody presses Enter. The editor may tell of one in a list that has been replaced
 * since, so a selected choice counts only if it fits what is typed.
 */
export function accepted<T extends { readonly label: string }>(
  choices: readonly T[],
  selected: T | undefined,
  typed: string,
): T | undefined {
  const text = typed.trim();
  return selected?.label.includes(text) ? selected : choices.find(({ label }) => label === text);
}

/** `cranes 9000–9099` */
export function blockText({ group, port, endPort }: FreeBlock): string {
  return group === undefined ? '' : `${group} ${port}–${endPort}`;
}

/**
 * Where a port that is asked for can be put: over selected digits, over the digits at the cursor, or at a cursor that
 * stands where a port may stand: between signs and blanks, and touching no word.
 * @param line the text of the line
 * @param start of the selection, or the cursor
 * @returns the columns to replace, or `undefined` where a port would spoil the text
 */
export function slotFor(line: string, start: number, end: number): { start: number; end: number } | undefined {
  const selected = line.slice(start, end);
  if (selected !== '') return /^\d{1,5}$/.test(selected) ? { start, end } : undefined;
  const before = /(?<![\p{L}\p{N}_])[\p{L}\p{N}_]*$/u.exec(line.slice(0, start))![0];
  const after = /^[\p{L}\p{N}_]*/u.exec(line.slice(start))![0];
  const word = before + after;
  if (/^\d{2,5}$/.test(word)) return { start: start - before.length, end: start + after.length };
  const isOpen = word === '' && /(?:[:=|"'([-]|\b(?:listen|EXPOSE))\s*$/.test(line.slice(0, start));
  return isOpen ? { start, end: start } : undefined;
}
