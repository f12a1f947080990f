import { edgesIn, providerOf, type AwsOptions, type ClusterEnvironment, type Edge, type Platform } from '../../model/index.ts';
import { DataAwsCallerIdentity, Stack } from './cdktf.ts';

/** What the parts of one stack share while it is written. */
export interface Scope {
  readonly platform: Platform;
  readonly environment: ClusterEnvironment;
  readonly production: boolean;
  readonly stack: Stack;
  /** The number of the AWS account, as an expression. */
  readonly account: string;
  /** Backings that this stack makes. */
  readonly made: { readonly [K in keyof AwsOptions]: Made<K>[] };
  /** Edges to a backing, by its name. */
  readonly edgesTo: ReadonlyMap<string, readonly Edge[]>;
  /** Ids of the workloads' security groups, made when the first backing asks for one. */
  readonly workloadGroups: Map<string, string>;
}
export interface Made<K extends keyof AwsOptions> { readonly name: string; readonly options: AwsOptions[K] }

export const PROJECT = 'request-journey';

export function scopeOf(platform: Platform, environment: ClusterEnvironment): Scope {
  const stack = new Stack({
    name: environment.name,
    region: environment.cloud.region,
    stateBucket: environment.cloud.stateBucket,
    tags: { application: PROJECT, environment: environment.name, 'managed-by': 'terraform' },
  });
  const caller = stack.read(DataAwsCallerIdentity, 'current', {});
  return {
    platform, environment, production: environment.kind === 'production', stack, account: caller.at('accountId'),
    made: madeFor(platform, environment),
    edgesTo: Map.groupBy(edgesIn(platform, environment).filter((edge) => edge.kind === 'backing'), (edge) => edge.to),
    workloadGroups: new Map(),
  };
}

/** Does this environment leave anything to AWS? */
export function needsAws(platform: Platform, environment: ClusterEnvironment): boolean {
  return Object.values(platform.backing).some(({ name }) => providerOf(platform, environment, name).provider === 'aws');
}

function madeFor(platform: Platform, environment: ClusterEnvironment): Scope['made'] {
  const made: Scope['made'] = { database: [], cache: [], objects: [], secrets: [] };
  for (const { name } of Object.values(platform.backing)) {
    const provider = providerOf(platform, environment, name);
    if (provider.provider !== 'aws') continue;
    if (provider.kind === 'database') made.database.push({ name, options: provider.options });
    else if (provider.kind === 'cache') made.cache.push({ name, options: provider.options });
    else if (provider.kind === 'objects') made.objects.push({ name, options: provider.options });
    else made.secrets.push({ name, options: provider.options });
  }
  return made;
}
