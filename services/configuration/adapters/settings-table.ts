import type { Sql } from '../../kit/adapters/postgres.ts';
import type { SettingName, Value, Version } from '../domain/setting.ts';

/** The newest version, if anybody ever wrote one. */
export async function newest(sql: Sql, { environment, name }: SettingName): Promise<Version | undefined> {
  const [row] = await sql.query<{ value: Value; version: number }>(
    'select value, version from settings where environment = $1 and name = $2 order by version desc limit 1', [environment, name],
  );
  return row;
}

/** Adds the next version; nothing is overwritten. Two writers of the same setting come one after the other. */
export async function addVersion(sql: Sql, { environment, name }: SettingName, value: Value, by: string): Promise<Version> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${environment}/${name}`]);
  const [row] = await sql.query<{ version: number }>(
    `insert into settings (environment, name, version, value, changed_by)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from settings where environment = $1 and name = $2
     returning version`,
    [environment, name, JSON.stringify(value), by],
  );
  if (!row) throw new Error('The new version of a setting was not returned.');
  return { value, version: row.version };
}
