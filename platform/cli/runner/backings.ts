import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalBacking, LocalPlan } from '../../targets/local/plan.ts';
import { CliError, exit } from '../command.ts';
import type { Ports } from './ports.ts';
import { urlFor } from './roles.ts';

/** What one backing is here: who provides it, and its URL (which may hold a password). */
export interface ProvidedBacking {
  readonly name: string;
  readonly kind: string;
  readonly provider: 'embedded' | 'external';
  readonly url?: string;
}

const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  database: ['postgres:', 'postgresql:'], cache: ['redis:', 'rediss:', 'postgres:', 'postgresql:'], queue: ['amqp:', 'amqps:', 'postgres:', 'postgresql:'],
  mail: ['smtp:', 'smtps:'], objects: ['file:', 's3:'], repository: ['file:', 'https:', 'http:'], engine: ['http:', 'https:'],
  metrics: ['http:', 'https:'], logs: ['http:', 'https:'], traces: ['http:', 'https:'], alerts: ['http:', 'https:'],
};

/** Those whose embedded form is a role and a schema in PostgreSQL. */
export function needsPostgres(backing: LocalBacking): boolean {
  return ['database', 'cache', 'queue'].includes(backing.kind);
}

/** A variable named after a backing (`SESSIONS_URL`) replaces the embedded one. @throws {CliError} (2) for a URL that cannot be one */
export function overrideOf(backing: LocalBacking, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const variable = backing.override;
  const url = variable === undefined ? undefined : env[variable];
  if (variable === undefined || url === undefined || url === '') return undefined;
  const schemes = SCHEMES[backing.kind] ?? [];
  if (URL.canParse(url) && schemes.includes(new URL(url).protocol)) return url;
  throw new CliError(exit.usage, {
    what: `${variable} cannot be the URL of the ${backing.kind} "${backing.name}"`,
    why: URL.canParse(url) ? `it starts with ${new URL(url).protocol}//` : 'it is not a URL',
    fix: `Give it a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}, or unset ${variable}.`,
  });
}

/** What the embedded ones are made of. */
interface Place { readonly data: string; readonly remote: string; readonly ports: Ports; readonly passwords: Readonly<Record<string, string>> }

/** Every backing of the plan with the URL its users get. Makes the folders of embedded objects. */
export function provide(plan: LocalPlan, at: Place & { readonly env: Readonly<Record<string, string | undefined>> }): ProvidedBacking[] {
  return plan.backings.map((backing) => {
    const { name, kind } = backing;
    const external = overrideOf(backing, at.env);
    if (external !== undefined) return { name, kind, provider: 'external', url: external };
    if (backing.provider === 'own') return { name, kind, provider: 'embedded', url: 'own:' };
    if (backing.provider !== 'embedded') {
      throw new CliError(exit.model, { what: `the backing "${name}" has no URL`, why: `environments/${plan.environment}.ts gives it the provider "${backing.provider}"`, fix: `Set ${backing.override ?? name}, or make it embedded('${kind}').` });
    }
    const url = embeddedUrl(backing, at);
    return { name, kind, provider: 'embedded', ...(url === undefined ? {} : { url }) };
  });
}

function embeddedUrl(backing: LocalBacking, at: Place): string | undefined {
  if (needsPostgres(backing)) return urlFor(backing.name, at.passwords[backing.name] ?? '', at.ports['postgres'] ?? 0);
  if (backing.kind === 'repository') return pathToFileURL(at.remote).href;
  if (backing.kind === 'engine') return `http://reconciler:${at.passwords['engine'] ?? ''}@127.0.0.1:${at.ports['engine'] ?? 0}/`;
  if (backing.kind === 'mail') return `smtp://127.0.0.1:${at.ports['mail'] ?? 0}`;
  if (backing.kind !== 'objects') return undefined;
  const folder = join(at.data, 'objects', backing.name);
  mkdirSync(folder, { recursive: true });
  return pathToFileURL(folder).href;
}
