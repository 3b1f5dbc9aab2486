import { kept } from '../../grouped.ts';
import type { Word } from './lexer.ts';
import { type Directive, isTable } from './tree.ts';

/** A variable that a file sets, with every value it may have. */
interface NginxVariable {
  readonly name: string;
  readonly values: readonly Word[];
}

type Block = readonly Directive[];
type Declared = Map<string, { readonly name: string; readonly values: Word[] }>;

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
  /** The whole file, until somebody asks: most addresses hold no variables. */
  #undeclared: Block | undefined;

  constructor(root: Block) {
    this.#undeclared = root;
  }

  /** The variable that a name means at a place. Names are not case-sensitive. */
  find(name: string, scope: Scope): NginxVariable | undefined {
    const root = this.#undeclared;
    this.#undeclared = undefined;
    if (root) this.#declare(root, root);
    const key = name.toLowerCase();
    for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
      const found = this.#byBlock.get(at.block)?.get(key);
      if (found !== undefined) return found;
    }
    return this.#everywhere.get(key);
  }

  /** Takes what a block sets, and the blocks in it; it counts in `scope`. */
  #declare(block: Block, scope: Block): void {
    for (const directive of block) {
      const [first, value] = directive.arguments;
      if (directive.name === 'set' && first && value) this.#add(scope, first.text, value);
      if (directive.block === undefined) continue;
      if (isTable(directive)) this.#declareTable(directive, scope);
      else this.#declare(directive.block, directive.name === 'if' ? scope : directive.block);
    }
  }

  #declareTable(table: Directive, scope: Block): void {
    const name = table.arguments.at(-1);
    for (const line of table.block ?? []) {
      const value = line.arguments[0];
      if (name && value && line.name !== 'include') this.#add(scope, name.text, value);
    }
  }

  #add(scope: Block, reference: string, value: Word): void {
    if (!reference.startsWith('$')) return;
    const name = reference.slice(1).toLowerCase();
    for (const variables of [kept(this.#byBlock, scope, () => new Map()), this.#everywhere]) {
      const known = variables.get(name);
      if (known) known.values.push(value);
      else variables.set(name, { name, values: [value] });
    }
  }
}
