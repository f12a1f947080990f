import { fileURLToPath } from 'node:url';
import { commands } from './commands.ts';
import { ioOf } from './io.ts';
import { run, wantedOf } from './program.ts';
import { Interrupted, report } from './report.ts';
import { styleFor } from './style.ts';

const args = process.argv.slice(2);
const interrupt = new AbortController();
const io = ioOf({
  ...wantedOf(args),
  root: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''),
  signal: interrupt.signal, stdout: process.stdout, stderr: process.stderr, env: process.env,
});

// The reader of a pipe may go before the writer has ended (`./journey logs | head`): that is its right.
for (const stream of [process.stdout, process.stderr]) stream.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' ? process.exit(0) : undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Twice: somebody does not want to wait for the tidy end.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort(new Interrupted());
  });
}

try {
  process.exitCode = await run(args, commands, io);
} catch (error) {
  process.exitCode = report(interrupt.signal.aborted ? interrupt.signal.reason : error, io, styleFor(process.stderr.isTTY === true, process.env));
}
