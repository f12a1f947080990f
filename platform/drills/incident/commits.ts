import { messageOf } from '../../../services/kit/git-message.ts';
import { writeCommit } from '../../../services/kit/git-objects.ts';
import { editRelease } from '../../cli/propose/edit/release.ts';
import { judge } from '../../cli/propose/judge.ts';
import { openPlace, type Place as Desk } from '../../cli/propose/place.ts';
import { render } from '../../cli/propose/render.ts';
import { textIn, treeOf, treeWith, writeText, type Tree } from '../../cli/propose/tree.ts';
import { checkOut } from '../../cli/propose/work-tree.ts';
import { pick } from '../drill.ts';
import { decoyIn, decoys, type Decoy } from './decoys.ts';
import { edited } from './edits.ts';
import type { Edit, Incident } from './incident.ts';

/** What a drill brings to main, all at once: the bad commit among harmless ones. */
export interface Commits {
  /** The newest, on which main is put. */
  readonly tip: string;
  /** The one that has to go. */
  readonly bad: string;
  /** The build that it brings. */
  readonly release?: string;
}
interface Making { readonly desk: Desk; readonly signal: AbortSignal; readonly random: () => number }

const ENVIRONMENT = 'local';
const RELEASES = `environments/releases/${ENVIRONMENT}.json`;
/** On all of them, so that it tells none from the others. The deployment service leaves such commits to people, where its environment lets it. */
const TRAILERS = { Drill: 'incident' } as const;
const COLLEAGUES = ['mara.lindqvist', 'tomas.okafor', 'yuki.brandt', 'ines.ferreira', 'pavel.nowak'] as const;

/**
 * Makes the commits in the repository's objects; no ref moves. What the bad one changes of the model is rendered with it, and
 * judged as any proposal is.
 * @throws {Error} when the incident would not pass what a pull request has to pass
 */
export async function makeCommits({ root, remote, signal }: { readonly root: string; readonly remote: string; readonly signal: AbortSignal }, base: string, incident: Incident, random: () => number): Promise<Commits> {
  const desk = await openPlace(root, remote);
  try {
    const making = { desk, signal, random };
    const first = await harmless(making, base, incident);
    const { bad, release } = await badOne(making, first, incident);
    return { tip: await harmless(making, bad, incident), bad, ...(release === undefined ? {} : { release }) };
  } finally {
    await desk.remove();
  }
}

/** In no file of the incident's: to take that back must stay easy. */
async function harmless(making: Making, base: string, { edits }: Incident): Promise<string> {
  const tree = await treeOf(making.desk, base);
  const fitting = await Promise.all(decoys.filter(({ edit }) => !edits.some(({ path }) => path === edit.path)).map(async (one): Promise<readonly Decoy[]> => {
    const decoy = decoyIn(await textIn(making.desk, tree, one.edit.path) ?? '', one);
    return decoy === undefined ? [] : [decoy];
  }));
  if (fitting.flat().length === 0) return base;
  const { title, edit } = pick(making.random, fitting.flat());
  return commit(making, await withEdits(making.desk, tree, [edit]), [base], title, 'Somebody asked.');
}

/** A build is a commit of its own, which the bad one merges and releases: to take that one back takes back both. */
async function badOne(making: Making, base: string, { edits, released, workload, title, why }: Incident): Promise<Omit<Commits, 'tip'>> {
  const { desk } = making;
  const tree = await withEdits(desk, await treeOf(desk, base), edits);
  if (!released) return { bad: await commit(making, await rendered(making, tree), [base], title, why) };
  const release = await commit(making, tree, [base], title, why);
  const text = await textIn(desk, tree, RELEASES) ?? '';
  const after = editRelease(text, { kind: 'release', environment: ENVIRONMENT, workload, release });
  const whole = await rendered(making, await treeWith(desk, tree, new Map([[RELEASES, await writeText(desk, after)]])));
  return { bad: await commit(making, whole, [base, release], `Merge and release: ${title}`, why), release };
}

async function withEdits(desk: Desk, tree: Tree, edits: readonly Edit[]): Promise<Tree> {
  const texts = new Map<string, string>();
  for (const edit of edits) texts.set(edit.path, edited(texts.get(edit.path) ?? await textIn(desk, tree, edit.path) ?? '', edit));
  const blobs = await Promise.all([...texts].map(async ([path, text]) => [path, await writeText(desk, text)] as const));
  return treeWith(desk, tree, new Map(blobs));
}

async function rendered({ desk, signal }: Making, tree: Tree): Promise<Tree> {
  await checkOut(desk, tree, [ENVIRONMENT], signal);
  const { files, check } = await render(desk, tree, [ENVIRONMENT], signal);
  const judged = await judge(desk, tree, [ENVIRONMENT], signal);
  const wrong = [check, judged].find(({ passed }) => !passed);
  if (wrong !== undefined) throw new Error(`the incident does not pass "${wrong.name}": ${wrong.said.join('; ')}`);
  return treeWith(desk, tree, files);
}

function commit({ desk, random }: Making, tree: Tree, parents: readonly string[], title: string, body: string): Promise<string> {
  return writeCommit(desk.git, { tree: tree.oid, parents, message: messageOf({ title, body, trailers: TRAILERS }), author: `${pick(random, COLLEAGUES)}@example.com`, at: new Date().toISOString() });
}
