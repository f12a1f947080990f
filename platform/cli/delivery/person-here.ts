import { createInterface } from 'node:readline/promises';
import type { Io } from '../command.ts';

/** Whoever sits at the terminal, if anybody does. */
export interface PersonHere {
  readonly there: boolean;
  /** One line, without blanks around it. @throws the signal's reason after ^C */
  asked(io: Io, question: string): Promise<string>;
}

export const personHere: PersonHere = {
  get there() { return process.stdin.isTTY === true; },
  async asked(io, question) {
    const line = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await line.question(question, { signal: io.signal })).trim();
    } catch (error) {
      io.signal.throwIfAborted();
      throw error;
    } finally {
      line.close();
    }
  },
};
