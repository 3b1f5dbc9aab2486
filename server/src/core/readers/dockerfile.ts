import type { Problem, Stage } from '../facts.ts';
import { type Expansion, expand } from '../interpolation.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { Findings } from './container/findings.ts';
import { argumentsOf, readImage } from './dockerfile/image.ts';
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
    const problems = new Map<number, Problem>();
    const read = ({ name, instructions }: BuildStage): Stage => {
      const findings = new Findings('dockerfile');
      const uses = readImage(instructions, globals, findings);
      for (const problem of findings.problems) problems.set(problem.span.start, problem);
      return { uses, ...(name !== undefined && { name }) };
    };
    const { uses } = read(stages.at(-1)!);
    const named = stages.filter(({ name }) => name !== undefined).map(read);
    return { ...nothing, uses, problems: [...problems.values()], ...(named.length > 0 && { stages: named }) };
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
    const current = stages.at(-1);
    if (instruction.name === 'FROM') {
      if (stages.length > MAX_STAGES) break;
      const [base, as, name] = wordsOf(instruction)
        .map((word) => word.text)
        .filter((word) => !word.startsWith('--'));
      const below = byName.get(expand(base ?? '', 0, globals).text.toLowerCase());
      const isNamed = as?.toUpperCase() === 'AS' && name !== undefined;
      const stage = {
        name: isNamed ? name.toLowerCase() : undefined,
        instructions: [...(below?.instructions.slice(0, MAX_INHERITED) ?? []), instruction],
      };
      stages.push(stage);
      if (stage.name !== undefined) byName.set(stage.name, stage);
    } else if (current) current.instructions.push(instruction);
    else if (instruction.name === 'ARG') {
      const found = argumentsOf(instruction, globals, globals, new Findings('dockerfile'));
      for (const [key, value] of found) globals.set(key, value);
    }
  }
  return { globals, stages };
}
