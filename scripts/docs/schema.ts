/** As much of JSON Schema as settings and outputs are described with. */
export interface Property {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly order?: number;
  readonly examples?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly oneOf?: readonly Property[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: Property | boolean;
}
