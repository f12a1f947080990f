import type { Declared } from '../../api/declared.ts';

export interface ModelLine {
  /** `platform/workloads/gateway.ts:14`. */
  readonly line: string;
  /** What is decided there: references, workloads, backings. */
  readonly names: readonly string[];
  /** The files that hold something of it. */
  readonly paths: readonly string[];
}

/** Every line of the model that made something in these files, in the order of the model. */
export function linesOf({ nodes, edges }: Declared, files: readonly string[]): readonly ModelLine[] {
  const there = new Set(files);
  const made = [
    ...nodes.map(({ declaredAt, name, files: paths }) => ({ line: declaredAt, name, paths })),
    ...edges.map(({ declaredAt, reference, manifests }) => ({ line: declaredAt, name: reference, paths: manifests })),
  ];
  return [...Map.groupBy(made, ({ line }) => line)]
    .map(([line, all]) => ({ line, names: unique(all.map(({ name }) => name)), paths: unique(all.flatMap(({ paths }) => paths)).filter((path) => there.has(path)).toSorted() }))
    .filter(({ paths }) => paths.length > 0)
    .toSorted((a, b) => compare(a.line, b.line));
}

function compare(a: string, b: string): number {
  const [fileA = '', lineA] = a.split(':');
  const [fileB = '', lineB] = b.split(':');
  return fileA === fileB ? Number(lineA) - Number(lineB) : fileA < fileB ? -1 : 1;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
