import type { LocalPlan, LocalProcess } from '../../targets/local/plan.ts';
import type { LocalValue } from '../../targets/local/value.ts';
import type { GuardPolicy } from './guard-policy.ts';
import type { Ports } from './ports.ts';

/** What the plan leaves open and this installation has decided. */
export interface Installation {
  readonly id: string;
  readonly ports: Ports;
  /** Name → value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Backing → its URL. */
  readonly urls: Readonly<Record<string, string>>;
}

/** The environment a process gets: what its contract declares, and nothing of the person's shell. */
export function envFor(process: LocalProcess, own: Installation): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, valueOf(process, value, own)]));
}

/** Names of the ports that this plan needs: `gateway.http`, … */
export function portNames(plan: LocalPlan): string[] {
  return plan.processes.flatMap(({ name, ports }) => ports.map((port) => `${name}.${port}`));
}

export function urlOfProcess(name: string, port: string, ports: Ports): string {
  return `http://127.0.0.1:${ports[`${name}.${port}`] ?? 0}`;
}

/** What the connection guard lets a process reach: the far ends of its references, and itself. */
export function policyFor(plan: LocalPlan, process: LocalProcess, own: Installation): GuardPolicy {
  const of = (port: number | undefined) => ({ host: '127.0.0.1', port: port ?? 0 });
  const itself = process.ports.map((port) => of(own.ports[`${process.name}.${port}`]));
  const others = process.allow.flatMap(({ kind, to, port }) => {
    if (kind !== 'backing') return [of(own.ports[`${to}.${port ?? 'http'}`])];
    const address = addressOf(own.urls[to]);
    return address ? [address] : [];
  });
  const known = [
    ...plan.processes.flatMap(({ name, ports }) => ports.map((port) => ({ name, kind: 'service', ...of(own.ports[`${name}.${port}`]) }))),
    ...plan.backings.flatMap(({ name, kind }) => {
      const address = addressOf(own.urls[name]);
      return address ? [{ name, kind, ...address }] : [];
    }),
  ];
  return { workload: process.name, folder: process.folder, allow: [...itself, ...others], known };
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379, 'amqp:': 5672, 'amqps:': 5671, 'smtp:': 587, 'smtps:': 465, 'http:': 80, 'https:': 443,
};

/** Host and port of a URL; a folder has none. */
export function addressOf(url: string | undefined): { host: string; port: number } | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const number = port === '' ? DEFAULT_PORTS[protocol] : Number(port);
  return hostname === '' || number === undefined ? undefined : { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: number };
}

/** A backing's URL as it may be shown: without user, password and query. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

function valueOf(process: LocalProcess, value: LocalValue, own: Installation): string {
  switch (value.from) {
    case 'literal': return value.value;
    case 'port': return String(own.ports[`${process.name}.${value.port}`] ?? '');
    case 'service': return urlOfProcess(value.service, 'http', own.ports);
    case 'backing': return own.urls[value.backing] ?? '';
    case 'secret': return own.secrets[value.secret] ?? '';
    case 'installation': return own.id;
    case 'revision': return process.release;
    case 'workloads': return value.workloads.map(({ name, port }) => `${name}=${urlOfProcess(name, port, own.ports)}`).join(',');
  }
}
