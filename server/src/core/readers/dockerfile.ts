import type { Reading, Stage } from '../facts.ts';
import { type Expansion, expand, type Values } from '../notation/interpolation.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { Findings } from './container/findings.ts';
import { argumentsOf, READ, readImage } from './dockerfile/image.ts';
import { type Instruction, parseInstructions, wordsOf } from './dockerfile/instructions.ts';

/** `Dockerfile`, `Dockerfile.prod`, `api.Dockerfile`, `Containerfile`. */
const NAMES = /^(?:(?:docker|container)file(?:[._-].+)?|.+\.(?:docker|container)file)$/i;

/** Programs, documents and copies that are named after a Dockerfile. */
const OTHERS = /(?:\.(?:md|txt|ya?ml|json|toml|sh|py|[cm]?[jt]sx?|dockerignore|bak|orig|swp)|~)$/i;

/** Each stage says again what the one below it says, so that neither may be without bounds. Real files have far less. */
const MAX_STAGES = 100;
const MAX_INHERITED = 1000;

/** Reads Dockerfiles: https://docs.docker.com/reference/dockerfile/ */
export const dockerfile: Reader = {
  kind: 'dockerfile',
  globs: ['[Dd]ockerfile', '[Dd]ockerfile[._-]*', '*.[Dd]ockerfile', '[Cc]ontainerfile*', '*.[Cc]ontainerfile'].map(
    (name) => `**/${name}`,
  ),

  wants(path) {
    const name = basename(path);
    return NAMES.test(name) && !OTHERS.test(name);
  },

  read(text) {
    const { globals, stages } = stagesOf(parseInstructions(text));
    if (stages.length === 0 || stages.length > MAX_STAGES) return undefined;
    const findings = new Findings('dockerfile');
    const uses = readImage(stages[stages.length - 1]!.instructions, globals, findings);
    const named: Stage[] = [];
    for (const { name, instructions } of stages) {
      if (name !== undefined) named.push({ name, uses: readImage(instructions, globals, findings) });
    }
    const reading: Reading = { ...nothing, uses, problems: findings.problems };
    return named.length > 0 ? { ...reading, stages: named } : reading;
  },
};

interface BuildStage {
  readonly name: string | undefined;
  /** Those of the stage below it first. */
  readonly instructions: Instruction[];
}

/** The stages in order, and the arguments in front of them. https://docs.docker.com/reference/dockerfile/#from */
function stagesOf(instructions: readonly Instruction[]) {
  const globals = new Map<string, Expansion>();
  const stages: BuildStage[] = [];
  const byName = new Map<string, BuildStage>();
  for (const instruction of instructions) {
    const current = stages[stages.length - 1];
    if (instruction.name === 'FROM') {
      if (stages.length > MAX_STAGES) break;
      const stage = stageFrom(instruction, globals, byName);
      stages.push(stage);
      if (stage.name !== undefined) byName.set(stage.name, stage);
    } else if (current) {
      if (READ.has(instruction.name)) current.instructions.push(instruction);
    } else if (instruction.name === 'ARG') {
      const found = argumentsOf(instruction, globals, globals, new Findings('dockerfile'));
      for (const [key, value] of found) globals.set(key, value);
    }
  }
  return { globals, stages };
}

/** The stage that an instruction begins, with all that is said by the one on which it rests. */
function stageFrom(from: Instruction, globals: Values, byName: ReadonlyMap<string, BuildStage>): BuildStage {
  const [base, as, name] = wordsOf(from)
    .map((word) => word.text)
    .filter((word) => !word.startsWith('--'));
  const below = byName.size === 0 ? undefined : byName.get(expand(base ?? '', 0, globals).text.toLowerCase());
  return {
    name: name !== undefined && as?.toUpperCase() === 'AS' ? name.toLowerCase() : undefined,
    instructions: below ? [...below.instructions.slice(0, MAX_INHERITED), from] : [from],
  };
}
