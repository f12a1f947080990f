const ROWS = `jsonb_to_recordset($2::jsonb) as row (
  at bigint, series bigint, count double precision, sum double precision, max double precision, buckets double precision[],
  exemplar_at double precision, exemplar_seconds double precision, exemplar_trace text)`;
const INSERT = `
insert into metric_points (resolution, writer, at, series, count, sum, max, buckets, exemplar_at, exemplar_seconds, exemplar_trace)
select 10, $1::text, at, series, count, sum, max, buckets, exemplar_at, exemplar_seconds, exemplar_trace
from ${ROWS}
on conflict (resolution, at, series, writer) do update set`;

export const KEEP = `${INSERT}
  count = excluded.count, sum = excluded.sum, max = excluded.max, buckets = excluded.buckets,
  exemplar_at = excluded.exemplar_at, exemplar_seconds = excluded.exemplar_seconds, exemplar_trace = excluded.exemplar_trace`;
/** Of two exemplars the slower one stays. */
const SLOWER = `coalesce(excluded.exemplar_seconds, -1) > coalesce(metric_points.exemplar_seconds, -1)`;
export const ADD = `${INSERT}
  count = metric_points.count + excluded.count, sum = metric_points.sum + excluded.sum, max = greatest(metric_points.max, excluded.max),
  buckets = (select coalesce(array_agg(coalesce(one, 0) + coalesce(other, 0) order by place), '{}') from unnest(metric_points.buckets, excluded.buckets) with ordinality as b (one, other, place)),
  exemplar_at = case when ${SLOWER} then excluded.exemplar_at else metric_points.exemplar_at end,
  exemplar_seconds = case when ${SLOWER} then excluded.exemplar_seconds else metric_points.exemplar_seconds end,
  exemplar_trace = case when ${SLOWER} then excluded.exemplar_trace else metric_points.exemplar_trace end`;
/** The minute and the hour of each window are to be made anew. */
export const STALE = `
insert into metric_stale (resolution, at)
select distinct wide, at - at % wide from unnest($1::bigint[]) as at, (values (60), (3600)) as w (wide)
on conflict do nothing`;

const SELECT = `
select p.at, s.id, s.service, s.name, s.kind, s.labels, s.bounds, p.count, p.sum, p.max, p.buckets,
  p.exemplar_at as "exemplarAt", p.exemplar_seconds as seconds, p.exemplar_trace as trace
from metric_points p join metric_series s on s.id = p.series`;
export const READ = `${SELECT}
where p.resolution = $1 and s.name = any ($2::text[]) and p.at >= $3 and p.at < $4 order by p.at limit $5`;
export const HEARD = `${SELECT}
where p.resolution = 10 and p.at >= $1 and p.writer like '%+' and p.writer <> $2 limit 200000`;
export const INHERITED = `${SELECT}
where p.resolution = 10 and p.at >= $1 and p.writer not like '%+' and s.kind <> 'gauge'`;
