import { CliError, exit, type ExitCode, type Io } from '../command.ts';
import type { Followed } from './follow-change.ts';
import { approvalsIn } from './pull.ts';
import type { Change, PullPage } from './routes.ts';
import { aligned, oneLine } from './table.ts';
import { short } from './words.ts';

/**
 * Says what a person must do next, if anything.
 * @throws {CliError} exit 1 when the change did not come about, 4 when it has not ended in time
 */
export function conclude(io: Io, followed: Followed): ExitCode {
  const { change } = followed;
  switch (followed.kind) {
    case 'waits':
      for (const line of nextSteps(followed.page)) io.tell(line);
      return exit.ok;
    case 'stuck':
      throw new CliError(exit.failure, { what: `Pull request ${String(change.pull)} cannot be merged.`, why: followed.page.pull.hindrances.join(' '), fix: `See it with \`./journey pull ${String(change.pull)}\`, and close it with \`./journey close ${String(change.pull)} --reason "what failed"\`.` });
    case 'late':
      throw new CliError(exit.unhealthy, {
        what: `It is ${change.status}, and has not ended within ${followed.patienceMs / 1000} s.`,
        why: followed.hindrances.join(' ') || (change.outcome ?? 'It still goes on.'),
        fix: change.pull === undefined ? 'It goes on by itself: `./journey pulls` shows its pull request when there is one.' : `It goes on by itself: look with \`./journey pull ${String(change.pull)}\` and \`./journey envs\`.`,
      });
    default:
      if (change.status === 'succeeded' || change.status === 'unchanged') return exit.ok;
      throw failureOf(change);
  }
}

/** As it is: one line, or the API's own JSON. */
export function printChange(io: Io, change: Change): void {
  if (io.json) return io.emit(change);
  const { style } = io;
  const paint = ['succeeded', 'unchanged'].includes(change.status) ? style.good : ['requested', 'proposed', 'merged'].includes(change.status) ? style.warn : style.bad;
  for (const line of aligned([[
    { text: change.status, paint }, change.environment, { text: change.summary, paint: style.bold },
    ...(change.pull === undefined ? [] : [`pull request ${String(change.pull)}`]), ...(change.commit === undefined ? [] : [`commit ${short(change.commit)}`]),
  ]])) io.print(line);
}

/** Whoever asked cannot approve; whoever merges has seen what there is. */
function nextSteps({ pull }: PullPage): string[] {
  const whose = pull.adminFor === undefined ? 'somebody else' : 'an admin other';
  const [approve, merge] = [`\`./journey approve ${String(pull.number)}\` by ${whose} than ${pull.author}`, `\`./journey merge ${String(pull.number)}\``];
  return [
    ...pull.hindrances.map((why) => oneLine(`           ${why}`)),
    oneLine(`Next: ${approvalsIn(pull) < pull.needed ? `${approve}, then ${merge}` : merge}.`),
  ];
}

function failureOf({ status, outcome, evidence = [], pull, kind, workload }: Change): CliError {
  const whats: Partial<Record<Change['status'], string>> = {
    refused: 'It was refused.', closed: 'Its pull request was closed.', failed: 'It failed.', rolledBack: 'It was taken back.',
  };
  const told = pull === undefined ? '' : ` \`./journey pull ${String(pull)}\` shows what it was.`;
  const fixes: Partial<Record<Change['status'], string>> = {
    refused: `Mend what it names, and ask again.${told}`,
    closed: `Ask again if it is still wanted.${told}`,
    failed: kind === 'rollback' ? `See \`./journey drift\`, and take another commit of \`./journey history\` back.${told}` : `See \`./journey envs\`; \`./journey rollback\` takes its commit back.${told}`,
    rolledBack: `Read why with \`./journey logs${workload === undefined ? '' : ` ${workload}`}\`; what was taken back is held (\`./journey holds\`).${told}`,
  };
  return new CliError(exit.failure, {
    what: whats[status] ?? `It ended as ${status}.`,
    why: [...(outcome === undefined ? [] : [outcome]), ...evidence].join(' · ') || 'The deployment service did not say why.',
    fix: fixes[status] ?? 'Ask again.',
  });
}
