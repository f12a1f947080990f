import type { Tokens } from '../../kit/identity.ts';
import { Problem, problem } from '../../kit/problem.ts';
import type { Step } from './step.ts';

/** Who is it? A token that is not believed is noted and refused by `admit`, after `limit` has counted the try. */
export function authenticate(tokens: Tokens): Step {
  return async (passage) => {
    const header = passage.request.headers.authorization;
    if (header === undefined) return;
    // RFC 6750 §2.1; the scheme's name has no case (RFC 9110 §11.1).
    const token = /^bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
    if (token === undefined) {
      passage.refusal = problem('unauthenticated', 'The Authorization header holds no bearer token.');
      return;
    }
    try {
      passage.person = await tokens.verify(token);
      passage.token = token;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      passage.refusal = error;
    }
  };
}
