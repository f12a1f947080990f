import { LineCounter, parseAllDocuments } from 'yaml';

/** One object of a rendered file, and where it begins. */
export interface ManifestObject {
  /** `Deployment/gateway`. */
  readonly object: string;
  /** From 1. */
  readonly line: number;
  /** `gateway.AUTH_URL`: why it exists. */
  readonly references: readonly string[];
}

const ANNOTATION = 'request-journey.dev/declared-by';

/** The objects of a YAML text. A text that is no YAML, or a document that is no object, has none. */
export function objectsIn(text: string): readonly ManifestObject[] {
  const lines = new LineCounter();
  // Tags make no objects, and anchors are not followed without end.
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document): ManifestObject[] => {
    if (document.errors.length > 0) return [];
    const [kind, name, reasons] = [['kind'], ['metadata', 'name'], ['metadata', 'annotations', ANNOTATION]].map((path): unknown => document.getIn(path));
    if (typeof kind !== 'string' || typeof name !== 'string') return [];
    const at = document.contents?.range?.[0] ?? 0;
    return [{ object: `${kind}/${name}`, line: lines.linePos(at).line, references: typeof reasons === 'string' ? reasons.split(',') : [] }];
  });
}
