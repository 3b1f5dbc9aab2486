import { findPorts, parsePort } from '../../notation/portText.ts';
import { WELL_KNOWN } from '../../vocabulary/cells.ts';
import type { Cells } from './cells.ts';

/** Whether all cells that say something, and these are some, hold one and the same port. */
export function holdsOnePort(rows: readonly Cells[], place: number, fewest: number): boolean {
  const said = rows.flatMap((row) => (row[place]?.speaks ? [withoutAsides(row[place].text)] : []));
  const first = parsePort(said[0] ?? '')?.port;
  return said.length >= fewest && first !== undefined && said.every((text) => parsePort(text)?.port === first);
}

/** A cell without pictures and what stands in parentheses. */
function withoutAsides(cell: string): string {
  return cell.replace(/[（(][^()（）]*[)）]|\p{Extended_Pictographic}|\u{FE0F}/gu, '').trim();
}

const NAMED_PORT = /^\(?[\p{L}<{][\p{L}\p{N}_.<>{}-]*:[1-9]\d{1,4}\)?$/u;

/** Whether all cells that say something are ports with names, such as `quay:9001`. */
export function holdsNamedPorts(rows: readonly Cells[], place: number): boolean {
  return (
    rows.some((row) => row[place]?.text.includes(':') && NAMED_PORT.test(row[place].text)) &&
    rows.every((row) => !row[place]?.speaks || NAMED_PORT.test(row[place].text))
  );
}

/** Behind a port: `53 tcp/udp`. */
const PROTOCOLS = /(?<=\d)\s?\/?(?:tcp|udp)(?:\s?[/+&]\s?(?:tcp|udp))?\b/gi;

/** Two digits in front may be those of an hour. */
const MAPPED = /^(?:\d{3,5}|80):\d{2,5}(?:\/(?:tcp|udp))?$/i;

/** Whether all cells that say something say which port of the host leads to which one inside: `6101:80`. */
export function holdsMappings(rows: readonly Cells[], place: number): boolean {
  const said = rows.flatMap((row) => (row[place]?.speaks ? [row[place].text] : []));
  return said.length > 0 && said.every((text) => text.split(/,\s*/).every((part) => MAPPED.test(part)));
}

/** The name of a variable beside the port: `WEB_PORT / 8080`. */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** Whether at least half of the cells that say something are ports or lists of ports. */
export function holdsPorts(rows: readonly Cells[], place: number, least: number): boolean {
  let said = 0;
  let held = 0;
  for (const row of rows) {
    const cell = row[place];
    if (!cell?.speaks) continue;
    said++;
    if (isOfPorts(cell.text, least)) held++;
  }
  return held > 0 && held * 2 >= said;
}

function isOfPorts(cell: string, least: number): boolean {
  if (!/\d/.test(cell)) return false;
  const parts = withoutAsides(cell)
    .replace(PROTOCOLS, '')
    .split(/(?<!\s)\s*(?:[,/;:→]|->|=>)\s*/);
  const numbers = parts.filter((part) => !VARIABLE.test(part));
  return numbers.length > 0 && numbers.every((part) => (parsePort(part)?.port ?? 0) >= least);
}

/** The sockets of a switch are numbered 1 to 48; network services rarely sit on such numbers. */
export function plausible(rows: readonly Cells[], place: number): boolean {
  let numbers = 0;
  let likely = 0;
  for (const row of rows) {
    for (const { port } of findPorts(row[place]?.text ?? '')) {
      numbers++;
      if (port >= 100 || WELL_KNOWN.has(port)) likely++;
    }
  }
  return likely * 2 >= numbers;
}
