import { CliError, exit, type Command, type Io } from '../command.ts';
import { propose } from '../propose/propose.ts';
import type { Proposed } from '../propose/proposal.ts';
import { readProposal } from '../propose/read-proposal.ts';
import { saidOf } from '../report.ts';
import { visible } from '../style.ts';

/** Larger is no proposal; reading stops there. */
const MAX_BYTES = 131_072;

export const command: Command = commandWith(standardInput);

/** The command, with what reads the proposal. */
export function commandWith(read: () => Promise<string>): Command {
  return {
    name: 'propose',
    about: 'Makes one change of the model as a commit on no branch: edited, rendered, checked and compared.',
    example: `./journey propose --json <<< '{"repository":"/home/ada/journey/.journey/remote.git","base":"<40 digits>","change":{"kind":"knob","environment":"local","knob":"rateLimit","value":100},"title":"Fewer requests","reason":"try it","author":"ada","trailers":{}}'`,
    async run(io) {
      const progress = io.progress('Making the change');
      try {
        const proposed = await propose(readProposal(await read()), io, (doing) => progress.update(doing));
        progress.done();
        tell(io, proposed);
        return exit.ok;
      } catch (error) {
        progress.fail();
        if (io.json) io.emit({ error: plain(error) });
        throw error;
      }
    },
  };
}

/** The same four things that a person reads on stderr: a program that asked for JSON must not have to parse them there. */
function plain(error: unknown) {
  const { code, what, why, fix } = saidOf(error);
  return { code, what: visible(what), why: visible(why), fix: visible(fix) };
}

function tell(io: Io, proposed: Proposed): void {
  if (io.json) return io.emit(proposed);
  const { style } = io;
  if (proposed.commit === proposed.base) return io.print(`${style.dim('unchanged')}  ${proposed.base}`);
  io.print(`${style.bold('commit')}  ${proposed.commit}`);
  for (const { environment, subject, from, to } of proposed.facts) io.print(`  ${environment}  ${subject}  ${visible(from)} → ${visible(to)}`);
  for (const { name, passed, said } of proposed.checks) {
    io.print(`  ${passed ? style.good('✓') : style.bad('✗')} ${name}`);
    for (const line of said) io.print(`      ${visible(line)}`);
  }
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) throw new CliError(exit.usage, { what: 'There is no proposal.', why: 'It is read from the standard input, which is a terminal.', fix: 'Pipe one JSON value into it: `./journey help propose` shows one.' });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    chunks.push(part);
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
