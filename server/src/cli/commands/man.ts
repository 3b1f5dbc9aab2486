import packageJson from '../../../../package.json' with { type: 'json' };
import { type Command, help, optionNames } from '../arguments.ts';

/** `portolan man`: the manual page, made of the same words as the help. */
export function manCommand(commands: readonly Command[]): Command {
  return {
    name: 'man',
    takes: '',
    does: 'Print the manual page, for man to show.',
    examples: [{ line: 'portolan man > ~/.local/share/man/man1/portolan.1', says: 'Have man find it.' }],
    options: {},
    async run(_, terminal) {
      terminal.out(manualPage(commands));
      return 0;
    },
  };
}

/** https://man7.org/linux/man-pages/man7/man-pages.7.html */
function manualPage(commands: readonly Command[]): string {
  const synopsis = commands.map(({ name, takes }) => `.B portolan ${name}\n${roff(takes)}\n.br\n`);
  return [
    `.TH PORTOLAN 1 "" "portolan ${packageJson.version}" "User Commands"\n`,
    `.SH NAME\nportolan \\- ${roff(packageJson.description)}\n`,
    `.SH SYNOPSIS\n${synopsis.join('')}`,
    '.SH COMMANDS\n',
    ...commands.map(describe),
    `.SH ENVIRONMENT\n.TP\n.B NO_COLOR\nPrint no colours.\n.TP\n.B FORCE_COLOR\nPrint colours wherever the output goes.\n`,
    `.SH SEE ALSO\n${roff(packageJson.homepage)}\n`,
  ].join('');
}

function describe({ name, takes, does, details, options, examples = [] }: Command): string {
  const described = Object.entries({ ...options, help }).map(
    ([option, about]) => `.TP\n.B ${roff(optionNames(option, about))}\n${roff(about.help)}\n`,
  );
  const more = details ? `.PP\n.nf\n${roff(details)}\n.fi\n` : '';
  const shown = examples.map(({ line, says }) => `.PP\n${roff(says)}\n.PP\n.nf\n.RS\n${roff(line)}\n.RE\n.fi\n`);
  return `.SS portolan ${name} ${roff(takes)}\n${roff(does)}\n${more}${described.join('')}${shown.join('')}`;
}

/** A line of text must not begin as a command of roff does. https://man7.org/linux/man-pages/man7/groff.7.html */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
