import { homeOf, PROJECT } from '../platform/targets/kubernetes/scope.ts';
import type { ClusterEnvironment } from '../platform/model/index.ts';

/** Where Argo CD runs and what it reads. */
export const argo = {
  namespace: 'argocd',
  /** What Argo CD calls the cluster that it runs in. */
  cluster: 'in-cluster',
  /** A fork changes this line. */
  repository: 'https://git.example.com/request-journey/request-journey.git',
  /** The branch whose tip is the desired state; decision 15 says why it is no commit and never `HEAD`. */
  revision: 'main',
} as const;

/** The root and its project, and the first part of every app of apps. */
export const ROOT = PROJECT;
/** An environment's project has the environment's name: the deployment service asks for it by that. */
export const projectName = ({ name }: ClusterEnvironment): string => name;
/** `dev-gateway`, `dev-shared`: what is in the project `dev`. */
export const applicationName = (environment: ClusterEnvironment, part: string): string => `${projectName(environment)}-${part}`;
/** `journey-dev`: the app of apps, called as the namespace. */
export const appsName = (environment: ClusterEnvironment): string => homeOf(environment).namespace;

/** Each environment has a cluster of its own, registered in Argo CD under the environment's name. */
export const destinationOf = (environment: ClusterEnvironment) => ({ name: environment.name, namespace: homeOf(environment).namespace });
export const argoDestination = { name: argo.cluster, namespace: argo.namespace };
