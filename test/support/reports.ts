import { formats } from '../../server/src/cli/formats/index.ts';

/** Every way in which the command line tells what stands in a folder. */
export const reports: readonly (readonly string[])[] = [
  ...Object.keys(formats).map((format) => ['check', '--rule', 'unused-claim=hint', '--format', format]),
  ...['text', 'json', 'markdown'].map((format) => ['audit', '--format', format]),
  ...['text', 'json'].map((format) => ['registries', '--format', format]),
  ...[['facts'], ['export'], ['check', '--fix-dry-run'], ['init'], ['init', '--format', 'json']],
];
