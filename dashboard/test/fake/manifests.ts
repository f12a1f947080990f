import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration, Manifests } from '../../api/delivery.ts';
import { parseDeclared, type Declared } from '../../api/declared.ts';
import { Refusal, traceIdNow } from './refusal.ts';

const synth = join(import.meta.dirname, '../../../synth');

/** The committed synth of this checkout, as the service would answer it. */
export function manifestsOf(environment: string, commit: string, path: string | undefined): Manifests {
  const folder = join(synth, environment);
  const files = globSync('**/*.*', { cwd: folder }).toSorted();
  if (path === undefined) return { commit, files };
  if (!files.includes(path)) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: `${environment} has no file ${path} at this commit.`, fix: 'Choose one of the list.', at: 'deployment', traceId: traceIdNow() });
  const text = readFileSync(join(folder, path), 'utf8');
  return { commit, path, text, objects: path.endsWith('.yaml') ? objectsIn(text, path, graphOf(environment)) : [] };
}

export function graphOf(environment: string): Declared {
  return parseDeclared(JSON.parse(readFileSync(join(synth, environment, 'journey.json'), 'utf8')));
}

/** Documents with a kind and a name, each with the first line of the model that the graph knows behind it. */
function objectsIn(text: string, path: string, { nodes, edges }: Declared): NonNullable<Manifests['objects']> {
  let line = 1;
  return text.split(/^---\n/m).flatMap((document) => {
    const start = line;
    line += document.split('\n').length;
    const [kind, name] = [/^kind: (\S+)/m.exec(document)?.[1], /^ {2}name: (\S+)/m.exec(document)?.[1]];
    const reference = /declared-by: (\S+?)(?:,|$)/m.exec(document)?.[1];
    const declaredAt = edges.find((edge) => edge.reference === reference)?.declaredAt ?? nodes.find(({ files }) => files.includes(path))?.declaredAt;
    return kind && name && declaredAt ? [{ object: `${kind}/${name}`, line: document.startsWith('#') ? start + 1 : start, declaredAt }] : [];
  });
}

/** What declared a reference or a workload: the checkout's own model and synth, as if one commit had put all of it there. */
export function declarationOf(environment: string, subject: string, commit: string): Declaration {
  const { nodes, edges } = graphOf(environment);
  const edge = edges.find(({ reference }) => reference === subject);
  const node = nodes.find(({ name }) => name === subject);
  const declaredAt = edge?.declaredAt ?? node?.declaredAt;
  if (declaredAt === undefined) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: `${subject} is not declared in ${environment}.`, at: 'deployment', traceId: traceIdNow() });
  const [path = '', number = '1'] = declaredAt.split(':');
  const line = Number(number);
  const from = Math.max(1, line - 6);
  const lines = readFileSync(join(synth, '..', path), 'utf8').split('\n').slice(from - 1, line + 6);
  const files = edge?.manifests ?? node?.files ?? [];
  return {
    commit, declaredAt, source: { path, line, from, lines }, put: { commit, author: 'second@localhost', at: new Date().toISOString(), summary: `${subject}: asked for` },
    manifests: files.map((file) => {
      const text = readFileSync(join(synth, environment, file), 'utf8');
      return { path: `synth/${environment}/${file}`, text, line: Math.max(0, text.split('\n').findIndex((one) => one.includes(subject.split('.').at(-1) ?? subject))) + 1 };
    }),
  };
}
