import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

const FORGET = 'Put the file back, or forget everything with `./journey down && ./journey reset --yes`.';

/** A file of ours that a person may have touched meanwhile: checked whenever it is read. `mode` is 0600 for secrets; `fix` mends a damaged one. */
export function jsonFile<T>(path: string, schema: SchemaObject, { mode = 0o644, fix = FORGET }: { readonly mode?: number; readonly fix?: string } = {}): JsonFile<T> {
  const valid: ValidateFunction<T> = ajv.compile<T>(schema);
  return {
    path,
    read() {
      if (!existsSync(path)) return undefined;
      const value = parsed(path, fix);
      if (valid(value)) return value;
      throw broken(path, ajv.errorsText(valid.errors), fix);
    },
    write(value) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode });
      renameSync(`${path}.new`, path);
    },
  };
}

/** What a file says; a damaged one says nothing. */
export function damagedIsNone<T>(file: JsonFile<T>): T | undefined {
  return damageOf(file) === undefined ? file.read() : undefined;
}

/** Removes a damaged file whose content can be found or made again. @returns what was wrong with it */
export function removeDamaged(file: JsonFile<unknown>): CliError | undefined {
  const damage = damageOf(file);
  if (damage) rmSync(file.path, { force: true });
  return damage;
}

/** @returns undefined when the file is whole or not there */
export function damageOf(file: JsonFile<unknown>): CliError | undefined {
  try {
    file.read();
    return undefined;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
}

function parsed(path: string, fix: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw broken(path, error instanceof Error ? error.message : String(error), fix);
  }
}

function broken(path: string, why: string, fix: string): CliError {
  return new CliError(exit.failure, { what: `${path} is damaged`, why, fix });
}
