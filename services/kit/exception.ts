type Fields = Readonly<Record<string, unknown>>;

/** Errors that cause errors: as deep as redact.ts writes them. */
const DEEPEST = 8;

/**
 * The fields of a line that is about an error as OpenTelemetry names them (semantic conventions, "Exceptions in logs"): `error`, as
 * redact.ts wrote it, becomes `exception.type`, `.message` and `.stacktrace`, the stacks of its causes below its own.
 */
export function withException({ error, ...others }: Fields): Fields {
  const stacks = stacksIn(error);
  if (stacks.length === 0) return error === undefined ? others : { ...others, error };
  const { type, message } = recordOf(error);
  return { ...others, 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stacks.join('\ncaused by: ') };
}

function stacksIn(error: unknown, depth = 0): readonly string[] {
  const { stack, cause } = recordOf(error);
  if (typeof stack !== 'string' || depth >= DEEPEST) return [];
  return [stack, ...stacksIn(cause, depth + 1)];
}

const recordOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {});
