/** Exit codes, the same for every command. */
export const exit = { ok: 0, failure: 1, usage: 2, model: 3, unhealthy: 4, missing: 5, interrupted: 130 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** What a person is told when something is wrong: what, why, and the exact fix. No stack without `--verbose`. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: ExitCode;
  readonly why: string;
  readonly fix: string;
  constructor(code: ExitCode, said: { readonly what: string; readonly why: string; readonly fix: string }, cause?: unknown) {
    super(said.what, { cause });
    this.code = code;
    this.why = said.why;
    this.fix = said.fix;
  }
}

/** How a command speaks: data on stdout, narration on stderr. */
export interface Io {
  /** The repository's root, absolute. */
  readonly root: string;
  /** `--json`: use `emit` for data, one JSON value per line. */
  readonly json: boolean;
  readonly verbose: boolean;
  /** Aborts on ^C; a command ends what it started and throws the signal's reason. */
  readonly signal: AbortSignal;
  /** One line of data on stdout. */
  print(line: string): void;
  /** One value as a line of JSON on stdout. */
  emit(value: unknown): void;
  /** One line of narration on stderr. */
  tell(line: string): void;
  /** Shows that something runs: a spinner on a terminal, a line when piped. */
  progress(title: string): Progress;
  readonly style: Style;
}
export interface Progress {
  update(text: string): void;
  done(text?: string): void;
  fail(text?: string): void;
}
/** Colours that are empty when stdout is piped or NO_COLOR is set. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

export interface Command {
  readonly name: string;
  /** Commander's form: `[environment...]`, `<trace>`. */
  readonly arguments?: string;
  readonly about: string;
  readonly example: string;
  readonly options?: readonly { readonly flags: string; readonly about: string }[];
  run(io: Io, args: readonly string[], options: Readonly<Record<string, string | boolean | undefined>>): Promise<ExitCode>;
}
