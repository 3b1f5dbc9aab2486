import type { ClaimRole } from '../../../server/src/core/facts.ts';
import type { Status } from '../../../server/src/core/features/overview/lines.ts';
import type { Row } from '../../../server/src/core/features/overview.ts';
import type { Ports } from '../../../server/src/core/ports.ts';

/** What of `l10n` of the editor is needed to say something in the user's language. */
export interface Localize {
  t(message: string, ...args: (string | number)[]): string;
}

/** `8001`, or `8000–8099`. */
export function portsText({ port, endPort }: Ports): string {
  return endPort === undefined ? String(port) : `${port}–${endPort}`;
}

/** @param instead the port on which the service is, if that is known */
export function statusText(status: Status, l10n: Localize, instead?: number): string {
  const texts: Readonly<Record<Status, string>> = {
    ok: l10n.t('used'),
    mismatch: instead === undefined ? l10n.t('on another port') : l10n.t('on {0} instead', instead),
    clash: l10n.t('clash'),
    unused: l10n.t('unused'),
    unknown: l10n.t('assigned'),
  };
  return texts[status];
}

export function roleText(role: ClaimRole, l10n: Localize): string {
  const texts: Readonly<Record<ClaimRole, string>> = {
    assignment: l10n.t('assigned'),
    range: l10n.t('block'),
    reserved: l10n.t('reserved'),
    forbidden: l10n.t('forbidden'),
    free: l10n.t('free'),
    former: l10n.t('former port'),
  };
  return texts[role];
}

/** A row as a screen reader says it. */
export function inWords(row: Row<unknown>, isListening: boolean, l10n: Localize): string {
  const { owner, role, status, instead, why, note, side, inside, scope } = row;
  const parts = [
    portsText(row),
    owner,
    side === 'container' ? l10n.t('in the container') : '',
    inside === undefined ? '' : l10n.t('{0} in the container', inside),
    scope,
    status ? statusText(status, l10n, instead) : roleText(role, l10n),
    isListening ? l10n.t('listening') : '',
    why ?? note,
  ];
  return parts.filter(Boolean).join(', ');
}
