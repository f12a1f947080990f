import { fileURLToPath } from 'node:url';
import type { LocalPlan } from '../../targets/local/plan.ts';
import { brokenModel } from '../model.ts';
import { needsPostgres, overrideOf, provide, type ProvidedBacking } from './backings.ts';
import { installationOf, type Folder } from './folder.ts';
import { choosePorts, portsFile, type Ports } from './ports.ts';
import { ensureSecrets, lostSecrets, secretsFile, type Secrets } from './secrets.ts';
import { portNames, type Installation } from './values.ts';

export type Env = Readonly<Record<string, string | undefined>>;
/** Everything that is decided before the first process starts. */
export interface Prepared {
  readonly folder: Folder;
  readonly plan: LocalPlan;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly backings: readonly ProvidedBacking[];
  readonly own: Installation;
  /** Roles that the embedded PostgreSQL must have; empty: it need not run. */
  readonly roles: Readonly<Record<string, string>>;
  readonly mail: boolean;
  /** The workload whose keys everybody trusts: it keeps the people. */
  readonly keys: string;
}
export interface LocalModel {
  readonly plan: LocalPlan;
  readonly keys: string;
}

/** Loaded when needed: an error in the model is then told as one. @throws {ModelError | CliError} (3) */
export async function localModel(): Promise<LocalModel> {
  try {
    const [{ planOf }, { platform }, { local }] = await Promise.all([
      import('../../targets/local/plan.ts'), import('../../platform.ts'), import('../../../environments/local.ts'),
    ]);
    return { plan: planOf(platform, local), keys: platform.standard.keys };
  } catch (error) {
    throw toldAsModel(error);
  }
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** A mistake that the compiler would have named, told as `synth` tells it: at the first frame of the model itself. Other errors stay what they are. */
export function toldAsModel(error: unknown, root = ROOT): unknown {
  if (!(error instanceof TypeError) && !(error instanceof ReferenceError)) return error;
  return brokenModel(root, error);
}

/** Chooses ports and secrets where there are none yet, and fills the plan with them. @throws {CliError} */
export async function prepare(folder: Folder, model: LocalModel, env: Env): Promise<Prepared> {
  const { plan } = model;
  const embedded = plan.backings.filter((one) => one.provider === 'embedded' && overrideOf(one, env) === undefined);
  const roles = embedded.filter(needsPostgres).map(({ name }) => name);
  const lost = roles.length > 0 ? lostSecrets(folder) : undefined;
  if (lost) throw lost;
  const mail = embedded.some(({ kind }) => kind === 'mail');
  const engine = embedded.some(({ kind }) => kind === 'engine');
  const extra = [...(roles.length > 0 ? ['postgres'] : []), ...(mail ? ['mail'] : []), ...(engine ? ['engine'] : [])];
  const [ports, secrets] = await Promise.all([
    choosePorts(portsFile(folder.ports), [...portNames(plan), ...extra]),
    ensureSecrets(secretsFile(folder.secrets), { secrets: plan.secrets, roles: [...(roles.length > 0 ? ['postgres', ...roles] : []), ...(engine ? ['engine'] : [])] }),
  ]);
  const backings = provide(plan, { data: folder.data, remote: folder.remote, ports, passwords: secrets.passwords, env });
  const urls = Object.fromEntries(backings.flatMap(({ name, url }) => (url === undefined ? [] : [[name, url]])));
  const own = { id: installationOf(folder.root), ports, secrets: secrets.values, urls };
  return { folder, plan, ports, secrets, backings, own, mail, keys: model.keys, roles: Object.fromEntries(roles.map((name) => [name, secrets.passwords[name] ?? ''])) };
}
