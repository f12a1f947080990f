import { createHash } from 'node:crypto';
import { codeOf } from '../../kit/adapters/error.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Labels, Series, SeriesKind } from '../domain/metric.ts';

export type Ids = ReadonlyMap<Series, string>;
/** The number of each series in the store. */
export interface SeriesTable {
  /** @param use is asked once more when another monitoring has deleted one of them meanwhile */
  with<T>(all: readonly Series[], use: (ids: Ids) => Promise<T>): Promise<T>;
  /** Numbers may be gone. */
  forget(): void;
}
/** As it stands in a row. */
export interface SeriesRow {
  readonly service: string;
  readonly name: string;
  readonly kind: SeriesKind;
  readonly labels: Labels;
  readonly bounds: readonly number[];
}
/** Of PostgreSQL: a row refers to one that is not there. */
const MISSING = '23503';

export function openSeriesTable(database: Database): SeriesTable {
  const ids = new Map<Series, string>();

  /** Made by whoever comes first. @returns theirs alone, so that nobody else's forgetting takes them away meanwhile */
  async function identify(all: readonly Series[]): Promise<Ids> {
    const missing = [...new Set(all)].filter((series) => !ids.has(series));
    if (missing.length > 0) {
      const byDigest = new Map(missing.map((series) => [digestOf(series), series]));
      const rows = await database.query<{ id: string; digest: string }>(IDENTIFY, [JSON.stringify([...byDigest].map(([digest, { service, name, kind, labels, bounds }]) => ({ digest, service, name, kind, labels, bounds })))]);
      for (const { id, digest } of rows) {
        const series = byDigest.get(digest);
        if (series) ids.set(series, id);
      }
    }
    return new Map(all.flatMap((series) => {
      const id = ids.get(series);
      return id === undefined ? [] : [[series, id] as const];
    }));
  }
  return {
    async with(all, use) {
      try {
        return await use(await identify(all));
      } catch (error) {
        if (codeOf(error) !== MISSING) throw error;
        ids.clear();
        return await use(await identify(all));
      }
    },
    forget: () => ids.clear(),
  };
}

const digestOf = ({ key }: Series): string => createHash('sha256').update(key).digest('hex');

/** In one order, so that two who make the same ones do not wait for each other in a circle. */
const IDENTIFY = `
insert into metric_series (digest, service, name, kind, labels, bounds)
select decode(digest, 'hex'), service, name, kind, labels, bounds
from jsonb_to_recordset($1::jsonb) as row (digest text, service text, name text, kind text, labels jsonb, bounds double precision[])
order by digest
on conflict (digest) do update set first_seen = now()
returning id, encode(digest, 'hex') as digest`;
