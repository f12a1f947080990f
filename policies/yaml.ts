import { isAlias, isCollection, isScalar, parseAllDocuments, visit, type Document, type Node } from 'yaml';

/** Largest file that is read, in bytes; the largest of ours is a tenth of it. */
export const MAX_BYTES = 1_048_576;
const MAX_DOCUMENTS = 500;
const MAX_DEPTH = 64;

/** Values of the documents of one file that can be read, and everything that is wrong with the others. */
export interface Parsed { readonly documents: readonly unknown[]; readonly problems: readonly string[] }

/**
 * Reads YAML as if it were written by an enemy: no anchors and aliases (they multiply), no tags (they construct), no
 * duplicate keys (two parsers keep different ones), no scalar that YAML 1.1 (Kubernetes) and 1.2 (we) read differently.
 */
export function parseYaml(text: string): Parsed {
  if (Buffer.byteLength(text) > MAX_BYTES) return { documents: [], problems: [`larger than ${MAX_BYTES} bytes`] };
  const parsed = parseAllDocuments(text, { uniqueKeys: true, strict: true, schema: 'core', merge: false, logLevel: 'silent', prettyErrors: true });
  const documents = Array.isArray(parsed) ? parsed : []; // else the file is empty
  if (documents.length > MAX_DOCUMENTS) return { documents: [], problems: [`more than ${MAX_DOCUMENTS} documents`] };
  const judged = documents.map((document, index) => ({ document, problems: problemsOf(document).map((p) => (documents.length > 1 ? `document ${index + 1}: ${p}` : p)) }));
  return {
    // one document that cannot be read must not hide what is wrong with its neighbours
    documents: judged.filter((j) => j.problems.length === 0).map((j): unknown => j.document.toJS({ maxAliasCount: 0 })).filter((value) => value !== null),
    problems: [...new Set(judged.flatMap((j) => j.problems))],
  };
}

function problemsOf(document: Document): string[] {
  const broken = [...document.errors, ...document.warnings].map((e) => (e.message.split('\n')[0] ?? '').replace(/:$/, ''));
  return broken.length > 0 ? broken : hostileIn(document);
}

function hostileIn(document: Document): string[] {
  const found: string[] = [];
  visit(document, {
    Node(_key, node: Node, path) {
      if (path.filter(isCollection).length + Number(isCollection(node)) > MAX_DEPTH) { found.push(`nested deeper than ${MAX_DEPTH} levels`); return visit.BREAK; }
      if (isAlias(node)) { found.push(`alias *${node.source}: write the value out`); return undefined; }
      if (node.tag !== undefined) found.push(`tag ${node.tag}: values have no tags`);
      if (isScalar(node) && node.type === 'PLAIN' && differs(node.source ?? '')) found.push(`${node.source} is something else in YAML 1.1: put it in quotes`);
      return undefined;
    },
  });
  return found;
}

/** `yes` is true, `0644` is 420 and `1_000` is 1000 for the API server's parser, and text or another number for ours. */
const differs = (plain: string): boolean => /^(y|n|yes|no|on|off)$/i.test(plain) || /^[-+]?0[0-7_]+$/.test(plain) || /^[-+]?[\d_]*\d_[\d_]*(\.\d*)?$/.test(plain) || plain === '<<';
