/**
 * The environments of `known` that a commit with these paths changes: one of them for a file of its own, all for a file that
 * the model of each may read. Whoever asks for a rollback and whoever makes it must name the same ones.
 */
export function touchedBy(paths: readonly string[], known: readonly string[]): readonly string[] {
  const read = paths.filter((path) => !UNREAD.test(path));
  const own = new Set(paths.flatMap((path) => OWN.flatMap((shape) => shape.exec(path)?.[1] ?? [])));
  const shared = read.some((path) => SHARED.test(path));
  return known.filter((name) => shared || own.has(name));
}
const OWN = [/^synth\/([a-z][a-z0-9-]*)\//, /^environments\/(?:releases\/)?([a-z][a-z0-9-]*)\.(?:ts|json)$/];
const SHARED = /^platform\/|^services\/[^/]+\/contract\/|\/contract\.ts$|^services\/kit\/(?:contract|standard)\.ts$/;
/** Nothing is rendered from a text for people or from a test: a commit of nothing else is about no environment. */
const UNREAD = /\.md$|\.test\.ts$/;
