import { Disposable, type LanguageStatusItem, languages } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** What the server tells of itself by the notification `portolan/status`. */
interface Status {
  readonly registries: number;
  readonly claims: number;
  readonly uses: number;
  readonly errors: number;
  readonly warnings: number;
  readonly busy: boolean;
}

/** Shows the server's state behind the editor's `{}`, with a way to the log. */
export function showStatus(server: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem('portolan.status', '*');
  item.name = 'Portolan';
  item.text = 'Portolan';
  item.command = { title: 'Show Log', command: 'portolan.showLog' };
  return Disposable.from(
    item,
    server.onNotification('portolan/status', (status: Status) => update(item, status)),
  );
}

function update(item: LanguageStatusItem, status: Status): void {
  item.busy = status.busy;
  item.text =
    status.registries === 0 ? 'No port registry' : count(status.registries, 'port registry', 'port registries');
  item.detail = [
    count(status.claims, 'claim'),
    count(status.uses, 'use'),
    count(status.errors, 'error'),
    count(status.warnings, 'warning'),
  ].join(', ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
