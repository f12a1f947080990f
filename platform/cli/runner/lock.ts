import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf, isAlive, type Identity } from './identity.ts';

/** One runner per checkout. @returns undefined when taken, else who holds it. */
export function take(path: string): Identity | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identityOf(process.pid)));
  try {
    for (;;) {
      try {
        // link(2) fails when the name exists, and the file is whole from its first moment on.
        linkSync(mine, path);
        return undefined;
      } catch {
        const holder = holderOf(path);
        if (holder) return holder;
        bury(path);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

export function release(path: string): void {
  rmSync(path, { force: true });
}

/** Who holds the lock and is alive. */
export function holderOf(path: string): Identity | undefined {
  const identity = parse(path);
  return identity && isAlive(identity) ? identity : undefined;
}

/** Moves a dead runner's lock away first: of two that find it, only one gets to remove it, and never a new one. */
function bury(path: string): void {
  const grave = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, grave);
  } catch {
    return;
  }
  const holder = holderOf(grave);
  if (holder) {
    // Somebody took it between our look and our rename: give it back.
    try {
      linkSync(grave, path);
    } catch {
      // A third one was faster; the next round sees it.
    }
  }
  rmSync(grave, { force: true });
}

function parse(path: string): Identity | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isIdentity(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): value is Identity {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'started' in value && typeof value.started === 'string';
}
