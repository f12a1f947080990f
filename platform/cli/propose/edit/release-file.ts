import { isMap, isScalar, parseDocument } from 'yaml';
import { parseJson } from '../../../../policies/json-text.ts';
import { imageReleases, ModelError, sourceReleases } from '../../../model/index.ts';
import { replaced, type Range } from './range.ts';

/** `{ revision }` of a laptop, `{ image, source?, provenance? }` of a cluster, as the file has it. */
export type ReleaseEntry = Readonly<Record<string, string>>;
/** `environments/releases/<environment>.json` with the place of each entry in its text. */
export interface ReleaseFile {
  readonly text: string;
  /** Says what its entries are: a laptop runs sources, a cluster images. */
  readonly of: 'sources' | 'images';
  readonly entries: ReadonlyMap<string, ReleaseEntry>;
  readonly places: ReadonlyMap<string, Range>;
}

const WORKLOAD = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws {ModelError} when the text is no release file: the model's own rules, besides duplicate keys and depth */
export function readReleases(environment: string, text: string): ReleaseFile {
  const where = `environments/releases/${environment}.json`;
  const wrong = (what: string) => new ModelError(where, what, 'Correct the file in git first: {"<workload>": {"image": …}}, or {"revision": …} for a laptop.');
  const { value, problems } = parseJson(text);
  if (!isRecord(value) || problems.length > 0) throw wrong(isRecord(value) ? problems.join('; ').slice(0, 300) : 'it is not a JSON object');
  const stranger = Object.keys(value).find((workload) => !WORKLOAD.test(workload));
  if (stranger !== undefined) throw wrong(`no workload can be called ${JSON.stringify(stranger.slice(0, 80))}`);
  const of = Object.values(value).some((entry) => isRecord(entry) && 'revision' in entry) ? 'sources' : 'images';
  if (of === 'sources') sourceReleases(environment, value);
  else imageReleases(environment, value);
  const places = placesIn(text);
  const entries = new Map(Object.entries(value).map(([workload, entry]) => [workload, textsOf(entry)]));
  if (places.size !== entries.size) throw wrong('its entries cannot be found in its text');
  return { text, of, entries, places };
}

/** The text with other entries in the same places, one line each. @param changes of workloads that the file has */
export function withReleases(file: ReleaseFile, changes: ReadonlyMap<string, ReleaseEntry>): string {
  return replaced(file.text, [...changes].flatMap(([workload, entry]) => {
    const place = file.places.get(workload);
    return place ? [{ ...place, by: entryText(entry) }] : [];
  }));
}

/** `{ "image": "sha256:…" }`. */
function entryText(entry: ReleaseEntry): string {
  return `{ ${Object.entries(entry).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
}

/** JSON is YAML, and the YAML package says where each value stands. */
function placesIn(text: string): Map<string, Range> {
  const { contents, errors } = parseDocument(text, { uniqueKeys: true });
  if (errors.length > 0 || !isMap(contents)) return new Map();
  return new Map(contents.items.flatMap(({ key, value }): [string, Range][] => {
    const range = isMap(value) ? value.range : undefined;
    return isScalar(key) && typeof key.value === 'string' && range ? [[key.value, { start: range[0], end: range[1] }]] : [];
  }));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textsOf = (entry: unknown): ReleaseEntry =>
  Object.fromEntries(Object.entries(isRecord(entry) ? entry : {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
