import type { Io, Progress, Style } from './command.ts';
import { styleFor } from './style.ts';

/** What `Io` needs of a stream: `process.stdout` and `process.stderr` are two. */
export interface Sink {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}
export interface IoOptions {
  readonly root: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly signal: AbortSignal;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Data goes to stdout, narration to stderr, so that `./journey … --json | jq` works while a person still sees what happens. */
export function ioOf(options: IoOptions): Io {
  const { stdout, stderr, env } = options;
  const narrator = styleFor(stderr.isTTY === true, env);
  const animated = stderr.isTTY === true && env['TERM'] !== 'dumb';
  return {
    root: options.root,
    json: options.json,
    verbose: options.verbose,
    signal: options.signal,
    style: styleFor(stdout.isTTY === true, env),
    print: (line) => void stdout.write(`${line}\n`),
    emit: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
    progress: (title) => (animated ? spinner(stderr, narrator, title) : lines(stderr, narrator, title)),
  };
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One line that is written over until it is done. */
function spinner(stream: Sink, style: Style, title: string): Progress {
  let text = title;
  let frame = 0;
  const draw = () => stream.write(`\r\u001B[K${style.dim(FRAMES[frame++ % FRAMES.length] ?? '')} ${text}`);
  const timer = setInterval(draw, 100);
  timer.unref();
  draw();
  const end = (mark: string, last: string) => {
    clearInterval(timer);
    stream.write(`\r\u001B[K${mark} ${last}\n`);
  };
  return {
    update: (next) => void (text = `${title}: ${next}`),
    done: (last) => end(style.good('✓'), last ?? title),
    fail: (last) => end(style.bad('✗'), last ?? title),
  };
}

/** Piped: a line at the start and at the end, and one for what changed in between. */
function lines(stream: Sink, style: Style, title: string): Progress {
  let shown = '';
  stream.write(`… ${title}\n`);
  return {
    update(text) {
      if (text === shown) return;
      shown = text;
      stream.write(`… ${title}: ${text}\n`);
    },
    done: (last) => void stream.write(`${style.good('✓')} ${last ?? title}\n`),
    fail: (last) => void stream.write(`${style.bad('✗')} ${last ?? title}\n`),
  };
}
