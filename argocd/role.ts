import type { ClusterEnvironment } from '../platform/model/index.ts';
import { projectName } from './place.ts';

/** The account by which the deployment service asks Argo CD (its REST API). Argo CD keeps its tokens; git holds none. */
export const ACCOUNT = 'deployment';

/**
 * What that account may do in an environment: see its Applications, sync them, and pause automatic sync. Not create or delete them, nor sync
 * what is not in git (`override`). Bound by the account's name and not by a token of the role: Argo CD would write that into the project.
 */
export function rolesOf(environment: ClusterEnvironment) {
  const project = projectName(environment);
  const may = (action: string) => `p, proj:${project}:${ACCOUNT}, applications, ${action}, ${project}/*, allow`;
  return [{ name: ACCOUNT, groups: [ACCOUNT], policies: ['get', 'sync', 'update'].map(may) }];
}
