import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError, exit } from '../command.ts';

export interface JsonFile<T> {
  readonly path: string;
  /** @returns undefined when there is no such file. @throws {CliError} (1) when its content is not what was written. */
  read(): T | undefined;
  /** Whole or not at all: written beside, then renamed. */
  write(value: T): void;
}

const ajv = new Ajv();

/** A file of ours that a person may have touched meanwhile: checked whenever it is read. `mode` is 0600 for secrets. */
export function jsonFile<T>(path: string, schema: SchemaObject, mode = 0o644): JsonFile<T> {
  const valid: ValidateFunction<T> = ajv.compile<T>(schema);
  return {
    path,
    read() {
      if (!existsSync(path)) return undefined;
      const value = parsed(path);
      if (valid(value)) return value;
      throw broken(path, ajv.errorsText(valid.errors));
    },
    write(value) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode });
      renameSync(`${path}.new`, path);
    },
  };
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw broken(path, error instanceof Error ? error.message : String(error));
  }
}

function broken(path: string, why: string): CliError {
  return new CliError(exit.failure, { what: `${path} is damaged`, why, fix: `Put the file back, or forget everything with \`./journey down && ./journey reset --yes\`.` });
}
