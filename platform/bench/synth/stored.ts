import { readFileSync } from 'node:fs';

/** One file as the objects in it, before they are text. */
export interface Stored { readonly path: string; readonly objects: readonly unknown[] }

/** @throws {Error} when the file was not written by prepare.ts */
export function readStored(file: string): readonly Stored[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (Array.isArray(value) && value.every(isStored)) return value;
  throw new Error(`${file} holds no stored objects.`);
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && 'objects' in value && Array.isArray(value.objects);
}
