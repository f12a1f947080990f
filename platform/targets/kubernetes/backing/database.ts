import { clusterPort } from '../place.ts';
import { exec, fromCredentials } from './probe.ts';
import type { Server } from './server.ts';

/**
 * PostgreSQL 15. Workloads connect with a role that owns one schema and nothing else, as they do on a laptop; the superuser's
 * password stays in the Secret. `role.sql` runs once, when the volume is empty; `\getenv` keeps passwords off command lines.
 */
export const database = (name: string): Server => ({
  image: 'docker.io/library/postgres:15-alpine@sha256:fe0737ba566a2c5b2a28f34433c0a423261900ec17b9bf7ad115e1aae7e57f1b',
  version: '15',
  user: { user: 70, group: 70 },
  amount: { cpu: 100, memory: 256 },
  env: [
    { name: 'PGDATA', value: `${DATA}/15` },
    { name: 'POSTGRES_DB', value: 'journey' },
    { name: 'POSTGRES_USER', value: 'postgres' },
    { name: 'POSTGRES_INITDB_ARGS', value: '--auth-host=scram-sha-256' },
    fromCredentials('POSTGRES_PASSWORD', name, 'admin-password'),
    { name: 'ROLE', value: name },
    fromCredentials('ROLE_PASSWORD', name, 'password'),
  ],
  ports: [{ name: 'postgres', number: clusterPort.database }],
  data: DATA,
  scratch: ['/tmp', '/var/run/postgresql'],
  // While it is being initialized the server listens on its socket only: ask by TCP.
  probes: { startup: exec(IS_READY, 2, 60), live: exec(IS_READY, 15, 4), ready: exec(IS_READY, 5, 2) },
  passwords: ['admin', 'role'],
  secret: {
    'admin-password': '{{ .admin }}',
    password: '{{ .role }}',
    url: `postgres://${name}:{{ .role }}@${name}:${clusterPort.database}/journey?schema=${name}`,
  },
  secretFiles: {},
  files: { '/docker-entrypoint-initdb.d/role.sql': ROLE_SQL },
});

const DATA = '/var/lib/postgresql/data';
const IS_READY = ['pg_isready', '--host=127.0.0.1', '--username=postgres', '--dbname=journey'];
const ROLE_SQL = String.raw`\set ON_ERROR_STOP on
\getenv role ROLE
\getenv password ROLE_PASSWORD
create role :"role" login nosuperuser nocreatedb nocreaterole password :'password';
create schema :"role" authorization :"role";
revoke all on schema public from public;
`;
