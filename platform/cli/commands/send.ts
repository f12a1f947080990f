import { randomUUID } from 'node:crypto';
import { CliError, exit, type Command, type Io } from '../command.ts';
import { declarationsIn } from '../journey/declared.ts';
import { follow, hasMail } from '../journey/follow.ts';
import { ask, fieldOf, refused } from '../journey/gateway.ts';
import { callerFrom } from '../journey/installation.ts';
import { printJourney } from '../journey/print.ts';

const PATIENCE_MS = 15_000;

/** The golden journey: asks for a deployment and follows the request until its mail was sent. */
export const command: Command = {
  name: 'send',
  about: 'Asks for a deployment and prints every hop of that request, to the mail.',
  example: './journey send --workload notification --environment dev --reason "try the new mail"',
  options: [
    { flags: '--workload <name>', about: 'what to deploy (default: gateway)' },
    { flags: '--environment <name>', about: 'where (default: dev)' },
    { flags: '--revision <revision>', about: 'which release (default: worktree)' },
    { flags: '--reason <text>', about: 'why; it goes into the audit and the mail' },
    { flags: '--as <person>', about: "sign in as somebody else (default: the command line's own account)" },
    { flags: '--password-stdin', about: 'read the password of --as from standard input' },
  ],
  async run(io, _args, options) {
    const caller = await callerFrom(io, typeof options['as'] === 'string' ? { name: options['as'], fromStdin: options['passwordStdin'] === true } : undefined);
    const wanted = requestOf(options);
    const answer = await ask(caller, 'POST', '/v1/deployments', wanted, { 'idempotency-key': randomUUID() });
    if (answer.status !== 202) throw refused(answer, `The deployment of ${wanted.workload} to ${wanted.environment} was not taken.`);
    const traceId = answer.traceId ?? fieldOf(answer.body, 'traceId');
    if (traceId === undefined) throw new CliError(exit.failure, { what: 'The answer carries no trace id.', why: 'The gateway did not say which trace the request is.', fix: 'Run `./journey status`.' });
    io.tell(`Asked for ${wanted.workload} in ${wanted.environment}: request ${fieldOf(answer.body, 'id') ?? '?'} was taken.`);
    return await followed(io, caller, traceId, wanted.environment);
  },
};

async function followed(io: Io, caller: Parameters<typeof follow>[0], traceId: string, environment: string) {
  const declared = await declarationsIn(io.root, environment);
  const progress = io.progress('following it to the mail');
  const journey = await follow(caller, traceId, hasMail, PATIENCE_MS).catch((error: unknown) => {
    progress.fail();
    throw error;
  });
  if (!journey) {
    progress.fail();
    throw new CliError(exit.unhealthy, { what: `The request was taken, but no hop of it has been seen. Its journey ended at monitoring.`, why: `Monitoring knew nothing of ${traceId} after ${PATIENCE_MS / 1000} s.`, fix: 'Run `./journey status` and `./journey logs monitoring`; the request itself is safe.' });
  }
  const whole = journey.connected && hasMail(journey);
  if (whole) progress.done('the mail was sent');
  else progress.fail();
  printJourney(io, journey, declared);
  io.tell(`Manifests as they are rendered for ${environment}.`);
  if (whole) return exit.ok;
  throw new CliError(exit.unhealthy, {
    what: hasMail(journey) ? 'The hops are not one connected trace.' : 'The request was taken, but its mail was not seen. Its journey ended at notification.',
    why: `${journey.hops.length} hops were seen in ${PATIENCE_MS / 1000} s.`,
    fix: `Nothing is lost: the message waits in the queue. Run \`./journey status\`, then \`./journey trace ${traceId}\`.`,
  });
}

function requestOf(options: Readonly<Record<string, string | boolean | undefined>>) {
  const text = (key: string, otherwise: string): string => {
    const value = options[key];
    return typeof value === 'string' ? value : otherwise;
  };
  return {
    workload: text('workload', 'gateway'),
    environment: text('environment', 'dev'),
    revision: text('revision', 'worktree'),
    reason: text('reason', 'sent from the command line'),
  };
}
