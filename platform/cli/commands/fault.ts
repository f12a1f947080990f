import { monitoring } from '../../../services/monitoring/contract.ts';
import type { AnswerOf } from '../../../services/kit/contract.ts';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import { callerOf, reasonOf, reasonOption, signInOptions, textOf, wholeOf, type Options } from '../delivery/options.ts';
import { aligned } from '../delivery/table.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';

type Answer = AnswerOf<typeof monitoring.routes.faults>;
type Fault = Answer['faults'][number];
type Kind = Fault['kind'];

export const command: Command = {
  name: 'fault',
  arguments: '[workload] [kind] [strength]',
  about: 'Makes a workload go wrong for a while, on purpose, or lists what is wrong on purpose; it ends by itself.',
  example: './journey fault configuration latency 1500 --seconds 60 --reason "where does it wait?"',
  options: [
    { flags: '--seconds <number>', about: 'for how long, at most 900 (default: 60)' }, reasonOption,
    { flags: '--end', about: 'end what is on now: all of it, or that of one workload and kind' }, ...signInOptions,
  ],
  async run(io, [workload, kind, strength], options) {
    const caller = await callerOf(io, options);
    const { body } = await call(caller, monitoring.routes.faults, 'The faults cannot be read.');
    if (!body.allowed) throw new CliError(exit.failure, { what: 'Nothing can be made to go wrong here.', why: 'The model of this environment allows no faults.', fix: 'Set `faults: true` in its file below environments/; production has no such setting.' });
    if (options['end'] === true) return endAll(io, caller, body.faults.filter((one) => (workload ?? one.workload) === one.workload && (kind ?? one.kind) === one.kind));
    return workload === undefined ? list(io, body) : begin(io, caller, body, { workload, kind, strength }, options);
  },
};

interface Wanted { readonly workload: string; readonly kind: string | undefined; readonly strength: string | undefined }

async function begin(io: Io, caller: Caller, { kinds }: Answer, wanted: Wanted, options: Options): Promise<ExitCode> {
  const of = kinds.find((one) => one.kind === wanted.kind);
  if (!of) throw new CliError(exit.usage, { what: `"${wanted.kind ?? ''}" is no kind of fault.`, why: `There are ${kinds.map((one) => one.kind).join(', ')}.`, fix: '`./journey fault` says what each does.' });
  const strength = wholeOf(wanted.strength ?? String(of.least), `the strength of ${of.kind}${of.unit === '' ? '' : `, in ${of.unit}`}`, of.most, of.least);
  const seconds = wholeOf(textOf(options, 'seconds') ?? '60', '--seconds', 900);
  const reason = reasonOf(options, `./journey fault ${wanted.workload} ${of.kind} ${strength}`);
  const { body } = await call(caller, monitoring.routes.beginFault, 'Nothing was made to go wrong.', { body: { workload: wanted.workload, kind: of.kind, strength, seconds, reason } });
  if (io.json) io.emit(body);
  else io.print(`${body.workload}: ${[strengthOf(body, of.unit), reachText(body)].filter((part) => part !== '').join(' ')}, for ${seconds} s. It ends by itself, or by \`./journey fault --end\`.`);
  return exit.ok;
}

function list(io: Io, { faults, kinds, workloads }: Answer): ExitCode {
  if (io.json) {
    io.emit({ faults });
    return exit.ok;
  }
  const unitOf = (kind: Kind) => kinds.find((one) => one.kind === kind)?.unit ?? '';
  for (const line of aligned(faults.map((one) => [{ text: one.workload, paint: io.style.bold }, strengthOf(one, unitOf(one.kind)), `${Math.max(0, Math.ceil((one.until - Date.now()) / 1000))} s left`, `by ${one.by}`, reachText(one), one.reason]))) io.print(line);
  if (faults.length === 0) {
    io.tell(`Nothing is wrong on purpose. Kinds, for ${workloads.join(', ')}:`);
    for (const line of aligned(kinds.map(({ kind, least, most, unit, about }) => [kind, least === most ? '' : `${least} to ${most} ${unit}`, about]))) io.tell(line);
  }
  return exit.ok;
}

async function endAll(io: Io, caller: Caller, faults: readonly Fault[]): Promise<ExitCode> {
  for (const { id, workload, kind } of faults) {
    await call(caller, monitoring.routes.endFault, `${kind} of ${workload} was not ended.`, { params: { id } });
    if (io.json) io.emit({ id, workload, kind, ended: true });
    else io.print(`${workload}: ${kind} has ended.`);
  }
  if (faults.length === 0) io.tell('Nothing of the kind is on.');
  return exit.ok;
}

/** One process that holds it is what everybody expects, and needs no word. */
const reachText = ({ holding, answering }: Fault): string => (answering === 0 ? 'no process answers' : holding < answering ? `at ${holding} of ${answering} processes` : holding > 1 ? `at all ${holding} processes` : '');
const strengthOf = ({ kind, strength }: { readonly kind: Kind; readonly strength: number }, unit: string): string => (unit === '' ? kind : `${kind} ${strength} ${unit}`);
