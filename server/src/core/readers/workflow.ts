import { isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { parseUncommented } from '../yaml.ts';
import { readPorts } from './compose/ports.ts';
import { Findings } from './container/findings.ts';

/** Spares the parsing of the workflows that start no services. */
const MAY_HOLD_PORTS = /^[ \t]+services[ \t]*:/m;

/**
 * Reads the services of the jobs in workflows of GitHub Actions, and of those that have taken over its format. Their
 * ports are those of the machine that runs the job.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idservicesservice_idports
 */
export const workflow: Reader = {
  kind: 'workflow',
  globs: ['github', 'gitea', 'forgejo'].map((forge) => `**/.${forge}/workflows/*.{yml,yaml}`),
  wants: (path) => isYaml(path) && /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i.test(path),
  read(text) {
    if (!MAY_HOLD_PORTS.test(text)) return undefined;
    const { documents, refused } = parseUncommented(text);
    if (refused) return { ...nothing, refused };
    const findings = new Findings('workflow');
    for (const document of documents) {
      for (const job of document.entries(document.get(document.root, 'jobs'))) {
        for (const { key, value } of document.entries(document.get(job.value, 'services'))) {
          const owner = { name: ownCopy(key), side: 'container' } as const;
          readPorts(findings, document, owner, document.get(value, 'ports'));
        }
      }
    }
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};
