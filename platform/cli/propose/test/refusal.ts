import { CliError } from '../../command.ts';

/** Exit code and words of what a person is told when something is refused. @throws when it is taken, and every other error */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CliError) return `${error.code} ${error.message} ${error.why} ${error.fix}`;
    throw error;
  }
  throw new Error('it was taken');
}
