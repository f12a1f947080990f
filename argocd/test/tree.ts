import { parse, stringify } from 'yaml';
import { synthesize, synthesizeArgocd } from '../../platform/cli/synth.ts';
import type { Environment, Platform } from '../../platform/model/index.ts';
import { argocdRules } from '../../policies/argocd/rules.ts';
import { evaluate } from '../../policies/evaluate.ts';
import { readTexts } from '../../policies/read.ts';

/** Everything below `synth/` of a model: path → text. */
export type Texts = ReadonlyMap<string, string>;

export async function textsOf(platform: Platform, environments: readonly Environment[]): Promise<Texts> {
  const folders = await Promise.all(environments.map(async (one) => [one.name, await synthesize(platform, one)] as const));
  return new Map([...folders, ['argocd', await synthesizeArgocd(platform, environments)] as const]
    .flatMap(([folder, files]) => files.map(({ path, text }) => [`synth/${folder}/${path}`, text] as const)));
}

export interface Found { readonly rule: string; readonly object: string; readonly what: string }

/** What the policies about Argo CD say against them. */
export function judged(texts: Texts, production: readonly string[]): { readonly found: readonly Found[]; readonly seen: Readonly<Record<string, number>> } {
  const environments = new Map(production.map((name) => [name, { production: true, declaredAt: `environments/${name}.ts:1` }]));
  // What Argo CD does not apply it need not read.
  const applied = [...texts].filter(([path]) => !path.includes('/terraform/'));
  const { rendered } = readTexts(new Map(applied.map(([path, text]) => [path, { text }])), { environments });
  const { findings, evaluated } = evaluate(rendered, argocdRules);
  return { found: findings.map(({ rule, object, what }) => ({ rule, object, what })), seen: evaluated };
}

/** The same with one file changed, or taken away. */
export function without(texts: Texts, path: string): Texts {
  if (!texts.has(path)) throw new Error(`There is no ${path}.`);
  return new Map([...texts].filter(([one]) => one !== path));
}
/** A file of one object, changed. */
export function edited(texts: Texts, path: string, change: (object: Read) => void): Texts {
  const object = parse(texts.get(path) ?? '') as Read;
  change(object);
  return new Map([...texts, [path, stringify(object, { version: '1.1' })]]);
}
/** A piece of text that is there, replaced wherever it is. */
export function replaced(texts: Texts, path: string, from: string, to: string): Texts {
  const text = texts.get(path) ?? '';
  if (!text.includes(from)) throw new Error(`"${from}" is not in ${path}.`);
  return new Map([...texts, [path, text.replaceAll(from, to)]]);
}

/** An object as Argo CD would read it. */
export interface Read {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; annotations: Record<string, string>; labels: Record<string, string>; finalizers?: string[] };
  readonly spec: Record<string, unknown> & { project?: string; source: { path: string; targetRevision: string; repoURL: string; directory?: { include: string; recurse: boolean } } };
}
export const readIn = (texts: Texts, path: string): Read => parse(texts.get(path) ?? '') as Read;
