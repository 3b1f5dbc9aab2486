import { describe, expect, test } from 'vitest';
import { applied, filesOf, findings } from '../../support/workspace.ts';

/** The registry after its one unregistered port has been registered. */
function registered(registry: string, ports: string, container = ''): string {
  const files = filesOf(
    `--- PORTS.md\n${registry}--- compose.yaml\nservices:\n  tide-gauge:\n    image: x\n${container}    ports: [${ports}]\n`,
  );
  const fixes = findings(files).flatMap((finding) => (finding.rule === 'unregistered-port' ? finding.fixes : []));
  expect(fixes.map(({ preferred }) => preferred)).toEqual([false]);
  return applied(files, fixes[0]!.edits).get('PORTS.md')!;
}

describe('registering a port adds a row', () => {
  test('at its height where the rows ascend', () => {
    const registry =
      '# Ports\n\n| Port | Service | Owner |\n|------|---------|-------|\n| 4100 | Crane | Ann |\n| 4200 | Winch | Bob |\n';
    expect(registered(registry, '"4150:80"')).toBe(
      '# Ports\n\n| Port | Service | Owner |\n|------|---------|-------|\n| 4100 | Crane | Ann |\n| 4150 | tide-gauge |  |\n| 4200 | Winch | Bob |\n',
    );
  });

  test('at the end, in any order of columns, with the container and its port', () => {
    const registry =
      '# Ports\n\nService | Container | Host Port | Container Port\n---|---|---|---\nCrane | c | 4200 | 80\nWinch | w | 4100 | 81';
    expect(registered(`${registry}\n`, '"4150:3000"', '    container_name: tg\n')).toBe(
      `${registry}\ntide-gauge | tg | 4150 | 3000\n`,
    );
  });

  test('to the table whose ports are nearest', () => {
    const table = (port: number, name: string) =>
      `## ${name}\n\n| Port | Service |\n|---|---|\n| ${port} | ${name} |\n`;
    const after = registered(`# Ports\n\n${table(4100, 'Crane')}\n${table(9100, 'Winch')}`, '"9150:80"');
    expect(after.trimEnd().endsWith('| 9100 | Winch |\n| 9150 | tide-gauge |')).toBe(true);
  });

  test('with the line breaks of the document', () => {
    const registry = '# Ports\r\n\r\n| Port | Service |\r\n|---|---|\r\n| 4100 | Crane |\r\n';
    expect(registered(registry, '"4150:80"')).toBe(`${registry}| 4150 | tide-gauge |\r\n`);
  });
});
