import { randomUUID } from 'node:crypto';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import { conclude, printChange } from '../delivery/conclusion.ts';
import { followChange, type Followed } from '../delivery/follow-change.ts';
import { callerOf, signInOptions, textOf } from '../delivery/options.ts';
import { releaseToSend } from '../delivery/release-to-send.ts';
import { routes } from '../delivery/routes.ts';
import { oneLine } from '../delivery/table.ts';
import { short } from '../delivery/words.ts';
import type { Journey } from '../journey/answer.ts';
import { call } from '../journey/call.ts';
import { declarationsIn } from '../journey/declared.ts';
import { follow, hasMail } from '../journey/follow.ts';
import type { Caller } from '../journey/gateway.ts';
import { printJourney } from '../journey/print.ts';
import { requestOf, sendRequest } from '../journey/send-request.ts';

/** From the ask to the mail: a laptop renders, starts a process and watches it for a while. */
const PATIENCE_MS = 120_000;
/** Telemetry comes in batches, after the thing itself. */
const LAST_MS = 15_000;

/** The golden journey: a real deployment, followed until the new release answers and its mail was sent. With a method and a path: any route. */
export const command: Command = {
  name: 'send',
  arguments: '[method] [path]',
  about: 'Asks for a deployment, or sends any request, and prints every hop of it.',
  example: './journey send --workload notification --reason "try the new mail"',
  options: [
    { flags: '--workload <name>', about: 'what to deploy (default: configuration)' },
    { flags: '--environment <name>', about: 'where (default: local)' },
    { flags: '--revision <revision>', about: 'which release: worktree, a branch, a tag, a commit (default: HEAD, and worktree where that runs)' },
    { flags: '--reason <text>', about: 'why; it goes into the audit and the mail' },
    { flags: '--body <json>', about: 'with a method and a path (GET /v1/workloads): what is sent' },
    ...signInOptions,
  ],
  async run(io, [method, path = ''], options) {
    if (method !== undefined) {
      const request = requestOf(method, path, textOf(options, 'body'), textOf(options, 'environment') ?? 'local');
      return sendRequest(io, await callerOf(io, options), request);
    }
    const at = { workload: textOf(options, 'workload') ?? 'configuration', environment: textOf(options, 'environment') ?? 'local' };
    const declared = await declarationsIn(io.root, at.environment);
    const caller = await callerOf(io, options);
    const { revision, why } = await releaseToSend(io, caller, at, textOf(options, 'revision'));
    io.tell(oneLine(`Asking for ${at.workload} ${short(revision)} in ${at.environment} (${why}).`));
    const started = performance.now();
    const body = { ...at, revision, reason: textOf(options, 'reason') ?? 'sent from the command line' };
    const asked = await call(caller, routes.create, `The deployment of ${at.workload} to ${at.environment} was not taken.`, { body, idempotencyKey: randomUUID() });
    const followed = await followChange(io, caller, asked.body, PATIENCE_MS);
    const journey = await hopsOf(io, caller, asked.traceId ?? asked.body.traceId, followed, PATIENCE_MS - (performance.now() - started));
    printChange(io, followed.change);
    printJourney(io, journey, declared);
    io.tell(`Manifests as they are rendered for ${at.environment}.`);
    return ended(io, followed, journey);
  },
};

/** Of a change that has ended all hops up to the mail; else what there is. */
async function hopsOf(io: Io, caller: Caller, traceId: string, followed: Followed, leftMs: number): Promise<Journey> {
  const toTheMail = followed.kind === 'ended';
  const progress = io.progress(toTheMail ? 'following it to the mail' : 'reading its hops');
  const journey = await follow(caller, traceId, toTheMail ? hasMail : () => true, toTheMail ? Math.max(leftMs, LAST_MS) : LAST_MS).catch((error: unknown) => {
    progress.fail();
    throw error;
  });
  if (!journey) {
    progress.fail();
    throw new CliError(exit.unhealthy, { what: `The request was taken and is ${followed.change.status}, but no hop of it has been seen. Its journey ended at monitoring.`, why: `Monitoring knows nothing of ${traceId}.`, fix: 'Run `./journey status` and `./journey logs monitoring`; the request itself is safe.' });
  }
  if (!toTheMail) progress.done();
  else if (hasMail(journey)) progress.done('the mail was sent');
  else progress.fail();
  return journey;
}

function ended(io: Io, followed: Followed, journey: Journey): ExitCode {
  const code = conclude(io, followed);
  if (followed.kind !== 'ended' || (journey.connected !== false && hasMail(journey))) return code;
  throw new CliError(exit.unhealthy, {
    what: hasMail(journey) ? 'The hops are not one connected trace.' : `It is ${followed.change.status}, but its mail was not seen. Its journey ended at notification.`,
    why: `${journey.hops.length} hops were seen.`,
    fix: `Nothing is lost: the message waits in the queue. Run \`./journey status\`, then \`./journey trace ${journey.traceId}\`.`,
  });
}
