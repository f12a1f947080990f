/** An image that was built, or `unbuilt`: rendered as the all-zero digest, reported by `check`, never promoted. */
export type Digest = `sha256:${string}`;
export interface ImageRelease {
  readonly image: Digest | 'unbuilt';
  /** What it was built from. */
  readonly source?: GitRevision;
  /** Who built it and how, in words: usually the address of its attestation. One line. */
  readonly provenance?: string;
}
/** `worktree`: the files on disk. Otherwise a git revision, run from a work tree of its own. */
export interface SourceRelease { readonly revision: 'worktree' | GitRevision }
export type GitRevision = string & { readonly __git: true };

export const UNBUILT_DIGEST: Digest = `sha256:${'0'.repeat(64)}`;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const REVISION = /^[0-9a-f]{40}$/;

/** What is wrong with the model or a file it reads; the CLI prints it and exits with 3. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly where: string;
  readonly fix: string;
  constructor(where: string, what: string, fix: string) {
    super(what);
    this.where = where;
    this.fix = fix;
  }
}

/** One line of printable characters; pages show it. */
const LINE = /^[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u;

type Entries<F> = { readonly [N in keyof F]: unknown };
/** What an entry of a release file may hold: each key's form, in words too. */
interface Form { readonly good: (value: string) => boolean; readonly want: string }
const IMAGE: Form = { good: (v) => v === 'unbuilt' || DIGEST.test(v), want: '"unbuilt" or "sha256:" and 64 hexadecimal digits' };
const BESIDES: Readonly<Record<string, Form>> = {
  source: { good: (v) => REVISION.test(v), want: 'a full git revision of 40 hexadecimal digits' },
  provenance: { good: (v) => LINE.test(v), want: 'one line of at most 500 characters' },
};
const REVISIONS: Form = { good: (v) => v === 'worktree' || REVISION.test(v), want: '"worktree" or a full git revision of 40 hexadecimal digits' };

/** Checks `environments/releases/<name>.json` of a cluster. @throws {ModelError} names file, workload and fix. */
export function imageReleases<F extends Entries<F>>(name: string, file: F): { readonly [N in keyof F]: ImageRelease } {
  return checked(name, file, 'image', { image: IMAGE, ...BESIDES });
}

/** Checks `environments/releases/local.json`. @throws {ModelError} names file, workload and fix. */
export function sourceReleases<F extends Entries<F>>(name: string, file: F): { readonly [N in keyof F]: SourceRelease } {
  return checked(name, file, 'revision', { revision: REVISIONS });
}

function checked<F extends Entries<F>, R>(name: string, file: F, needed: string, forms: Readonly<Record<string, Form>>): { readonly [N in keyof F]: R } {
  const where = `environments/releases/${name}.json`;
  for (const [workload, entry] of Object.entries(file as Record<string, unknown>)) {
    const values = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
    for (const [key, { good, want }] of Object.entries(forms)) {
      const value = values[key];
      if (value === undefined && key !== needed) continue;
      if (typeof value === 'string' && good(value)) continue;
      throw new ModelError(where, `the release of "${workload}" has no valid "${key}": ${JSON.stringify(value ?? entry)}`, `Write {"${key}": …} with ${want}.`);
    }
    const extra = Object.keys(values).find((key) => !Object.hasOwn(forms, key));
    if (extra) throw new ModelError(where, `the release of "${workload}" has an unknown key "${extra}"`, `Remove "${extra}".`);
  }
  return file as unknown as { readonly [N in keyof F]: R };
}
