import { CliError, exit, type ExitCode, type Io } from '../../cli/command.ts';
import { readTreeFile } from '../../../services/kit/git-objects.ts';
import { until } from '../until.ts';
import { lineOf } from './edits.ts';
import { grade } from './grade.ts';
import type { Incident } from './incident.ts';
import { incidentOf } from './kinds.ts';
import { placeAt, type Place } from './place.ts';
import { looked, plant } from './plant.ts';
import { plantedFile, type Planted } from './state.ts';
import { byCommit, byGateway } from './take-back.ts';

export type Act = 'plant' | 'grade' | 'give up';

/** `./journey drill incident`: something goes wrong in what runs here, and whoever sits before it finds out why. */
export async function learn(io: Io, seed: number, act: Act): Promise<ExitCode> {
  const place = placeAt(io.root);
  const incident = incidentOf(seed);
  if (act === 'plant') return begin(io, place, incident, seed);
  const planted = plantedFile(io.root, seed).read();
  if (planted === undefined) throw new CliError(exit.usage, { what: `There is no incident ${seed} here.`, why: 'Nobody has begun it, or the data of this checkout was reset.', fix: `Begin it: \`./journey drill incident --seed ${seed}\`.` });
  return act === 'grade' ? judge(io, place, incident, planted) : giveUp(io, place, incident, planted);
}

async function begin(io: Io, place: Place, incident: Incident, seed: number): Promise<ExitCode> {
  const file = plantedFile(io.root, seed);
  const before = file.read();
  if (before !== undefined && !(await grade(place, incident, before)).git.well) throw new CliError(exit.failure, { what: `Incident ${seed} has begun already.`, why: 'It is still on main.', fix: `Find it, or give up: \`./journey drill incident --seed ${seed} --give-up\`.` });
  const progress = io.progress('Something is about to happen');
  const now = await looked(incident, place);
  if (!now.well) {
    progress.fail();
    throw new CliError(exit.unhealthy, { what: 'There is an incident already.', why: `What runs here is not well: ${now.seen}.`, fix: 'Look at `./journey status` and `./journey history`, mend that first, or take another seed.' });
  }
  const { planted, seen } = await plant(place, incident, seed, io.signal);
  file.write(planted);
  if (seen.well) {
    progress.fail();
    throw new CliError(exit.failure, { what: 'The incident did not come about.', why: `Nobody would notice it: ${seen.seen}. With automatic sync off nothing changes (./journey envs says whether it is), and a work tree with changes of its own may run something else than main says.`, fix: `Take it away: \`./journey drill incident --seed ${seed} --give-up\`.` });
  }
  progress.done('Something has happened');
  tellStory(io, place, incident, seed, seen.seen);
  return exit.ok;
}

function tellStory(io: Io, place: Place, { symptom }: Incident, seed: number, seen: string): void {
  const dashboard = place.process('dashboard').url;
  if (io.json) return io.emit({ seed, symptom, seen, dashboard });
  for (const line of [
    io.style.bold(symptom), `Measured: ${seen}.`, '',
    'Some commits came to main a moment ago, and each of them looks harmless. Find the hop at which it happens, and the commit that did it.',
    `  See a request hop by hop: ./journey send, ./journey trace, or ${dashboard}`,
    '  See what runs, and what it says: ./journey envs, ./journey status, ./journey logs <workload>',
    `  See what came: ./journey history, or ${dashboard}/history; a commit's files: git --git-dir .journey/remote.git show -m --first-parent <commit>`,
    '  Take it back: ./journey rollback <commit> --reason "why", or the page, or a revert commit pushed to .journey/remote.git', '',
    `Then: ./journey drill incident --seed ${seed} --grade   (or --give-up)`,
  ]) io.print(line);
}

async function judge(io: Io, place: Place, incident: Incident, planted: Planted): Promise<ExitCode> {
  const progress = io.progress('Asking git and the workloads');
  const { git, answers, passed } = await grade(place, incident, planted);
  if (passed) progress.done();
  else progress.fail();
  if (io.json) io.emit({ seed: planted.seed, passed, git, answers });
  else {
    const mark = (well: boolean) => (well ? io.style.good('✓') : io.style.bad('✗'));
    io.print(`${mark(git.well)} git: ${git.seen}`);
    io.print(`${mark(answers.well)} what people see: ${answers.seen}`);
    if (passed) io.print(`Well done. It was ${io.style.bold(incident.hop)}.`);
    else if (git.well) io.print('It is off main, and not yet gone: a rollout may be under way (./journey envs). Grade again in a moment.');
    else io.print(`Not yet. ${incident.symptom}`);
  }
  return passed ? exit.ok : exit.failure;
}

async function giveUp(io: Io, place: Place, incident: Incident, planted: Planted): Promise<ExitCode> {
  const lines = await Promise.all(incident.edits.map(async (edit) => {
    const text = (await readTreeFile(place.remote, planted.bad, edit.path))?.toString('utf8') ?? '';
    return `${edit.path}:${lineOf(text, edit) ?? '?'}`;
  }));
  if (io.json) io.emit({ commit: planted.bad, hop: incident.hop, lines });
  else for (const line of [`commit  ${planted.bad}  ${incident.title}`, `hop     ${incident.hop}`, ...lines.map((at) => `line    ${at}`)]) io.print(line);
  if (!(await grade(place, incident, planted)).git.well) {
    const progress = io.progress('Taking it back');
    const reason = `drill ${planted.seed} given up`;
    const asked = await byGateway(place, planted.bad, reason);
    const done = asked.done ? asked : await byCommit(place, planted.bad, reason, io.signal);
    progress.done(`Taken back: ${done.how}`);
  }
  const passed = await until(60, async () => ((await grade(place, incident, planted)).passed ? true : undefined));
  return passed === undefined ? judge(io, place, incident, planted) : exit.ok;
}
