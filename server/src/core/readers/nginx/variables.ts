import type { Word } from './lexer.ts';
import type { Directive } from './tree.ts';

/** A variable that a file sets, with every value it may have. */
interface NginxVariable {
  readonly name: string;
  readonly values: readonly Word[];
}

type Block = readonly Directive[];
type Declared = Map<string, { readonly name: string; readonly values: Word[] }>;

/** Blocks whose lines are values, not directives. */
const TABLES: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients']);

/** Whether a directive's block holds the values of a variable. */
export function isTable(directive: Directive): boolean {
  return TABLES.has(directive.name);
}

/** The block that a directive stands in, with those around it. */
export interface Scope {
  readonly block: Block;
  readonly parent?: Scope;
}

/**
 * The variables of a file: what `set`, `map`, `geo` and `split_clients` give them. nginx keeps one value for a request,
 * so the `set` in the nearest block is taken, and any in the file where no block around the place has one.
 * https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#set
 */
export class Variables {
  readonly #byBlock = new Map<Block, Declared>();
  readonly #everywhere: Declared = new Map();

  constructor(root: Block) {
    this.#declare(root, this.#open(root));
  }

  /** The variable that a name means at a place. Names are not case-sensitive. */
  find(name: string, scope: Scope): NginxVariable | undefined {
    const key = name.toLowerCase();
    for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
      const found = this.#byBlock.get(at.block)?.get(key);
      if (found !== undefined) return found;
    }
    return this.#everywhere.get(key);
  }

  #open(block: Block): Declared {
    const declared: Declared = new Map();
    this.#byBlock.set(block, declared);
    return declared;
  }

  #declare(block: Block, declared: Declared): void {
    for (const directive of block) {
      const [first, value] = directive.arguments;
      if (directive.name === 'set' && first && value) this.#add(declared, first.text, value);
      if (directive.block === undefined) continue;
      if (isTable(directive)) this.#declareTable(directive, declared);
      else if (directive.name === 'if') this.#declare(directive.block, declared);
      else this.#declare(directive.block, this.#open(directive.block));
    }
  }

  #declareTable(table: Directive, declared: Declared): void {
    const name = table.arguments.at(-1);
    for (const line of table.block ?? []) {
      const value = line.arguments[0];
      if (name && value && line.name !== 'include') this.#add(declared, name.text, value);
    }
  }

  #add(declared: Declared, reference: string, value: Word): void {
    if (!reference.startsWith('$')) return;
    const name = reference.slice(1).toLowerCase();
    for (const variables of [declared, this.#everywhere]) {
      const known = variables.get(name);
      if (known) known.values.push(value);
      else variables.set(name, { name, values: [value] });
    }
  }
}
