import type { FileFacts, Use } from '../../facts.ts';
import type { Running } from '../../model/services/services.ts';
import type { Statement } from '../../model/statement.ts';
import { isPortName, ownerOf } from '../../readers/dotenv.ts';
import type { Completion } from './completion.ts';
import { type Cursor, digitsAt } from './cursor.ts';
import { type Around, hostOffers, hostOffersOf, listeningOffers, type Offer, portCompletions } from './offers.ts';

const VALUE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*["']?$/;

/** The ports for the value of a variable that a compose file reads as a port, or that is named after one. */
export function completeDotenv(cursor: Cursor, file: FileFacts, around: Around): Completion[] {
  const { lead, span, rest } = digitsAt(cursor);
  const [, name] = VALUE.exec(lead) ?? [];
  if (name === undefined || !/^["']?[ \t]*(?:#|$)/.test(rest)) return [];
  const read = offersOfReaders({ ...around, variable: name });
  return portCompletions(read.length > 0 || !isPortName(name) ? read : offersByName(name, file, around), span);
}

/** By the compose files beside it that read the variable. */
function offersOfReaders(around: Around & { readonly variable: string }): Offer[] {
  const { index, path, variable } = around;
  return index.servedBy(path).flatMap((compose) => {
    const uses = compose.uses.filter(({ via }) => via?.includes(variable));
    return uses.length === 0 ? [] : index.runningIn(compose.path).flatMap((running) => offersIn(running, uses, around));
  });
}

/** By the containers that are given the file, else by the service after which the variable is named, or beside it. */
function offersByName(name: string, file: FileFacts, around: Around): Offer[] {
  const given = around.index
    .servedBy(file.path)
    .flatMap((compose) => around.index.runningIn(compose.path))
    .filter(({ service }) => service.envFiles?.includes(file.path));
  if (given.length > 0) return given.flatMap((running) => listeningOffers(running, around));
  return hostOffersOf(ownersOf(name, around), around);
}

function offersIn(running: Running, uses: readonly Use[], around: Around): Offer[] {
  const own = uses.filter(({ within, service }) => (within ?? service) === running.service.name);
  if (own.some(({ side }) => side === 'host')) return hostOffers(running, around);
  return own.length > 0 ? listeningOffers(running, around) : [];
}

function ownersOf(name: string, { index, path }: Around): readonly Statement[] {
  const owner = ownerOf(name);
  return owner === undefined ? index.claims.beside(path) : index.claims.about([{ name: owner, by: 'variable' }], path);
}
