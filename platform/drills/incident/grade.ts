import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitOf, isAncestor, readTreeFile } from '../../../services/kit/git-objects.ts';
import { planAt } from '../../cli/reconciler/plan-file.ts';
import { holds } from './edits.ts';
import type { Incident, Seen } from './incident.ts';
import type { Place } from './place.ts';
import { looked, MAIN } from './plant.ts';
import type { Planted } from './state.ts';

/** Both must be so: git says that it is gone, and whoever is asked answers well. Nothing that anybody wrote about it counts. */
export interface Grade {
  readonly git: Seen;
  readonly answers: Seen;
  readonly passed: boolean;
}

export async function grade(place: Place, incident: Incident, planted: Planted): Promise<Grade> {
  const git = await gone(place, incident, planted);
  const answers = await looked(incident, place);
  return { git, answers, passed: git.well && answers.well };
}

/** Of what the incident brought, main holds nothing: neither its own files nor those of the build that it says should run. */
async function gone({ root, remote }: Place, { edits, workload }: Incident, { tip, release }: Planted): Promise<Seen> {
  const main = await commitOf(remote, MAIN);
  // Somebody who moves main back takes away what came after, too: the history is how the others know.
  if (main === null || !await isAncestor(remote, tip, main)) return { well: false, seen: 'main does not hold what was on it: take a change back by a commit, and keep the history' };
  const runs = (await planAt(remote, main)).processes.find(({ name }) => name === workload)?.release ?? 'worktree';
  if (runs === release) return { well: false, seen: 'main still says that it should run' };
  const texts = await Promise.all(edits.flatMap((edit) => [
    textAt(remote, main, edit.path).then((text) => holds(text, edit)),
    runs === 'worktree' ? holds(onDisk(root, edit.path), edit) : textAt(remote, runs, edit.path).then((text) => holds(text, edit)),
  ]));
  return texts.includes(true) ? { well: false, seen: 'main still holds it' } : { well: true, seen: 'main holds nothing of it any more' };
}

async function textAt(remote: string, commit: string, path: string): Promise<string> {
  return (await readTreeFile(remote, commit, path))?.toString('utf8') ?? '';
}

function onDisk(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
