import type { Command } from '../arguments.ts';
import { UsageError } from '../usageError.ts';

type Shell = (commands: readonly Command[]) => string;

const shells: Readonly<Record<string, Shell>> = { bash, zsh, fish };

/** `portolan completions SHELL`: a script that has a shell complete the commands and their options. */
export function completionsCommand(commands: readonly Command[]): Command {
  return {
    name: 'completions',
    takes: Object.keys(shells).join('|'),
    does: 'Print a script that makes a shell complete this command line.',
    examples: [
      {
        line: 'portolan completions bash > ~/.local/share/bash-completion/completions/portolan',
        says: 'For bash.',
      },
      { line: 'portolan completions zsh > "${fpath[1]}/_portolan"', says: 'For zsh.' },
      { line: 'portolan completions fish > ~/.config/fish/completions/portolan.fish', says: 'For fish.' },
    ],
    options: {},
    async run({ positionals: [name = ''] }, terminal) {
      const shell = Object.hasOwn(shells, name) ? shells[name]! : undefined;
      if (!shell) throw new UsageError(`Name a shell: portolan completions ${Object.keys(shells).join(', ')}.`);
      terminal.out(shell(commands));
      return 0;
    },
  };
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map(({ name, options }) => {
    const words = Object.keys(options).map((option) => `--${option}`);
    const choices = Object.entries(options).flatMap(([option, { choices }]) =>
      choices ? [`      --${option}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;\n`] : [],
    );
    const previous = choices.length > 0 ? `      case $previous in\n${choices.join('')}      esac\n` : '';
    return `    ${name})\n${previous}      words='${[...words, '--help'].join(' ')}' ;;\n`;
  });
  return `_portolan() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('')}  esac
  [[ $current == -* ]] && COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _portolan portolan
`;
}

function zsh(commands: readonly Command[]): string {
  const names = commands.map(({ name, does }) => `    ${quoted(`${name}:${does.replaceAll(':', '\\:')}`)}\n`);
  const cases = commands.map(({ name, options }) => {
    const specs = Object.entries(options).map(([option, { value, multiple, help, choices }]) => {
      const what = firstLine(help).replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:');
      const given = value ? `:${value}:${choices ? `(${choices.join(' ')})` : '_default'}` : '';
      return ` \\\n        ${quoted(`${multiple ? '*' : ''}--${option}[${what}]${given}`)}`;
    });
    return `    ${name}) _arguments${specs.join('')} '*:path:_files' ;;\n`;
  });
  return `#compdef portolan
local -a commands=(
${names.join('')})
if ((CURRENT == 2)); then
  _describe command commands
else
  local name=$words[2]
  shift words; ((CURRENT--))
  case $name in
${cases.join('')}  esac
fi
`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ name, does, options }) => [
    `complete -c portolan -n __fish_use_subcommand -a ${name} -d ${quoted(does)}`,
    ...Object.entries(options).map(([option, { short, value, help, choices }]) => {
      const given = choices ? ` -xa ${quoted(choices.join(' '))}` : value ? ' -r' : '';
      const letter = short ? ` -s ${short}` : '';
      const when = quoted(`__fish_seen_subcommand_from ${name}`);
      return `complete -c portolan -n ${when} -l ${option}${letter}${given} -d ${quoted(firstLine(help))}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}

/** For a shell between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
