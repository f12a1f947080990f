/** Files of one folder, named without it. */
export interface Folder { readonly name: string; readonly files: readonly { readonly name: string; readonly path: string }[] }

/** Rendered files by folder, folders by name; what lies at the top comes first. */
export function foldersOf(paths: readonly string[]): readonly Folder[] {
  const folders = Map.groupBy(paths.toSorted(), (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, files]) => ({ name, files: files.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path })) }));
}

export interface ObjectLine { readonly object: string; readonly line: number; readonly declaredAt: string }

/** The object that a line of the file belongs to: the last one that begins at or before it. Lines count from 1. */
export function objectAt(objects: readonly ObjectLine[], line: number): ObjectLine | undefined {
  return objects.toSorted((a, b) => a.line - b.line).findLast((object) => object.line <= line);
}

/** A line cut where its colours change: what a reader looks for is the key. The parts joined are the line. */
export function cutLine(line: string): readonly { readonly kind: 'key' | 'comment' | 'text'; readonly text: string }[] {
  if (/^\s*#/.test(line)) return [{ kind: 'comment', text: line }];
  const found = /^(\s*(?:- +)*)("(?:[^"\\]|\\.)*"|[^\s"'#:][^:#]*)(:(?:\s.*|))$/s.exec(line);
  if (!found) return [{ kind: 'text', text: line }];
  return [{ kind: 'text', text: found[1] ?? '' }, { kind: 'key', text: found[2] ?? '' }, { kind: 'text', text: found[3] ?? '' }];
}
