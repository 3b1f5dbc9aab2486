import { draft } from '../../core/features/draft.ts';
import { feature } from '../feature.ts';
import { pathOf, uriOf } from '../toLsp.ts';

/** Names under which a file is read as a registry. */
const NAMES = ['PORT_REGISTRY.md', 'PORTS.md'];

/** A registry to begin with, and where to keep it. */
export interface Draft {
  readonly uri: string;
  readonly text: string;
}

/** A registry drafted from the ports that the files of a folder take; none when they take none. */
export const draftFeature = feature({
  method: 'portolan/draft',
  async answer({ folder }: { folder: string }, { workspace }): Promise<Draft | null> {
    await workspace.settled();
    const path = pathOf(folder).replace(/\/$/, '');
    const text = draft(workspace.indexFor(`${path}/`), path);
    const paths = NAMES.map((name) => `${path}/${name}`);
    // A registry that is there stays as it is.
    const unused = paths.find((candidate) => workspace.lines(candidate) === undefined);
    return text === undefined ? null : { uri: uriOf(unused ?? paths[0]!), text };
  },
});
