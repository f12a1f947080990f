import type { Io, Style } from '../command.ts';
import type { Environment } from './routes.ts';
import { aligned, oneLine, type Row } from './table.ts';
import { ago, counted, short } from './words.ts';

type Workload = Environment['workloads'][number];

/** One environment of the matrix: who makes it what main says and how changes reach it; then a line for each workload. */
export function environmentLines({ style }: Pick<Io, 'style'>, environment: Environment): string[] {
  const { name, connected, workloads } = environment;
  const [first] = workloads;
  const alike = !connected && first !== undefined && workloads.every(({ release }) => release === first.release);
  const rows = alike ? [[{ text: `${counted(workloads.length, 'workload')}, all ${short(first.release)}`, paint: style.dim }]] : workloads.map((workload) => workloadRow(style, environment, workload));
  return [
    `${style.bold(oneLine(name))}  ${style.dim(oneLine(headOf(environment)))}`,
    ...aligned(rows, '  '),
    ...workloads.flatMap(({ workload, drift }) => drift.map(({ field, desired, live }) => style.warn(oneLine(`    ${workload}: ${field} should be ${desired} and is ${live}`)))),
  ];
}

function headOf({ connected, engine, why, revision, automatic, after, approvals, window, open, soakMinutes }: Environment): string {
  return [
    ...(connected ? [engine ?? '', `automatic sync ${automatic === true ? 'on' : 'off'}`, ...(typeof revision === 'string' ? [`main at ${short(revision)}`] : [])] : [why ?? 'no cluster is connected']),
    ...(after === undefined ? [] : [`takes what runs in ${after}`]),
    ...(approvals.release === 0 ? [] : [counted(approvals.release, 'approval')]),
    ...(soakMinutes === undefined ? [] : [`after ${counted(soakMinutes, 'minute')} there`]),
    ...(window === undefined ? [] : [`window ${window}: ${open ? 'open' : 'closed'}`]),
  ].join(' · ');
}

function workloadRow(style: Style, { connected, after, kind }: Environment, one: Workload): Row {
  const { workload, release, revision, live, ready, replicas, sync, health, since, ahead, next, why, declaredAt } = one;
  const behind = ahead === 0 ? [] : [`${counted(ahead, kind === 'source' ? 'commit' : 'change')} behind ${after ?? 'main'}`];
  const more = [...behind, ...(next === undefined ? [] : [`may go to ${next}`]), ...(why === undefined ? [] : [why])].join(' · ');
  return [
    { text: workload, paint: style.bold },
    `${short(release)}${revision === undefined ? '' : ` (${short(revision)})`}${live === undefined || live === release ? '' : `, ${short(live)} answers`}`,
    ...(connected ? [
      { text: sync, paint: sync === 'Synced' ? style.good : style.warn }, { text: health, paint: health === 'Healthy' ? style.good : health === 'Progressing' ? style.warn : style.bad },
      ready === undefined ? '' : `${ready} of ${replicas ?? ready}`, since === undefined ? '' : `for ${ago(since)}`,
    ] : []),
    { text: declaredAt ?? '', paint: style.dim }, more,
  ];
}
