import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Io } from '../command.ts';

/** Whoever sits at the terminal, if anybody does. */
export interface PersonHere {
  readonly there: boolean;
  /** One line, without blanks around it. @throws the signal's reason after ^C */
  asked(io: Io, question: string): Promise<string>;
  /** The same for what nobody may read over a shoulder: nothing that is typed is shown, and blanks around it stay. */
  askedHidden(io: Io, question: string): Promise<string>;
}

export const personHere: PersonHere = {
  get there() { return process.stdin.isTTY === true; },
  asked: async (io, question) => (await lineOf(io, question, process.stderr)).trim(),
  async askedHidden(io, question) {
    process.stderr.write(question);
    try {
      return await lineOf(io, '', new Writable({ write: (_chunk, _encoding, done) => done() }));
    } finally {
      process.stderr.write('\n');
    }
  },
};

async function lineOf(io: Io, question: string, output: NodeJS.WritableStream): Promise<string> {
  const line = createInterface({ input: process.stdin, output, terminal: true });
  // In its raw mode ^C is a key like any other.
  line.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await line.question(question, { signal: io.signal });
  } catch (error) {
    io.signal.throwIfAborted();
    throw error;
  } finally {
    line.close();
  }
}
