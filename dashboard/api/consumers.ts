import { auth } from '../../services/auth/contract.ts';
import { configuration } from '../../services/configuration/contract.ts';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import { notification } from '../../services/notification/contract.ts';
import type { EnvSpec } from '../../services/kit/contract.ts';

const contracts: readonly { readonly name: string; readonly env: EnvSpec }[] = [auth, configuration, deployment, gateway, monitoring, notification];

/** References through which messages come in: on the map their line runs towards who holds the reference. */
export const consumes: ReadonlySet<string> = new Set(contracts.flatMap(({ name, env }) =>
  Object.entries(env).filter(([, spec]) => spec.kind === 'queue' && spec.mode === 'consume').map(([key]) => `${name}.${key}`)));
