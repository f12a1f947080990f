import { parseAllDocuments } from 'yaml';

/** The objects in a written file. @throws {Error} when it is not valid YAML or JSON */
export function objectsIn(path: string, text: string): readonly unknown[] {
  if (!path.endsWith('.yaml')) return [JSON.parse(text)];
  return [...parseAllDocuments(text)].map((document) => {
    if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message}`);
    const value: unknown = document.toJS();
    return value;
  });
}
