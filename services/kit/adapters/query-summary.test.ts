import { expect, test } from '@jest/globals';
import { querySummary } from './query-summary.ts';

test.each([
  ['select id, name from people where name = $1', 'SELECT people'],
  ['\n  insert into outbox (event) values ($1)', 'INSERT outbox'],
  ['update "pgboss"."job" set x = 1', 'UPDATE job'],
  ['with gone as (delete from cache where key = $1) select pg_notify($2, $1)', 'DELETE cache'],
  ['with entries as (select * from spans), w as (select 1) select * from entries e join logs l using (id)', 'SELECT spans logs'],
  ['select \'drop table secret from x\' from t', 'SELECT t'],
  ['select count(*) from jsonb_to_recordset($1) as row (a text)', 'SELECT'],
  ['delete from failures where key in (select key from failures for update skip locked)', 'DELETE failures'],
  ['copy spans (id, name) from stdin', 'COPY spans'],
  ['', 'SQL'],
])('%j is %s', (text, summary) => expect(querySummary(text)).toBe(summary));
