import type { ExitCode, Io } from '../cli/command.ts';

/** One measurement that a person can repeat: `./journey bench <name>`. */
export interface Bench {
  /** `quick`: fewer runs and no long ones, to see that the bench itself works; its figures prove nothing. */
  run(io: Io, options: { readonly quick: boolean; /** How long a bench that watches something watches it. @default its own */ readonly minutes?: number | undefined }): Promise<ExitCode>;
}
