/**
 * The only file that knows cdk8s. `cdk8s-plus-28` is frozen upstream: its successor costs the import lines here.
 *
 * Of cdk8s-plus it takes the typed objects of the API (`KubeDeployment` …), not the classes above them (`Deployment` …): those
 * select pods by a label of their own, cannot say topology spread or seccomp, and write defaults nobody asked for.
 * Imported by file, not by its root: the root costs 50 ms more at every start.
 */
import { ApiObject, App, Chart } from 'cdk8s';
import {
  IntOrString, KubeConfigMap, KubeDeployment, KubeHorizontalPodAutoscalerV2, KubeIngress, KubeJob, KubeLimitRange, KubeNamespace,
  KubePodDisruptionBudget, KubeResourceQuota, KubeRole, KubeRoleBinding, KubeService, KubeServiceAccount, KubeStatefulSet, Quantity,
  type ObjectMeta,
} from 'cdk8s-plus-28/lib/imports/k8s.js';
import type { Yaml } from '../yaml.ts';

export type {
  ConfigMapVolumeSource, Container, ContainerPort, EnvVar, ObjectMeta, PodSpec, PodTemplateSpec, Probe, ResourceRequirements, SecurityContext, Volume, VolumeMount,
} from 'cdk8s-plus-28/lib/imports/k8s.js';

/** One object of the cluster, said but not yet rendered. */
export interface Described {
  readonly kind: string;
  readonly name: string;
  /** The references that asked for it: `gateway.AUTH_URL`. Empty for what a workload has anyway. */
  readonly declaredBy: readonly string[];
  render(chart: Chart): Yaml;
}

type Props = { readonly metadata?: ObjectMeta };
type Named<P extends Props> = P & { readonly metadata: { readonly name: string } };
type Construct<P> = new (chart: Chart, id: string, props: P) => ApiObject;
type Describe<P extends Props> = (props: Named<P>, declaredBy?: readonly string[]) => Described;

export const namespace = describes('Namespace', KubeNamespace);
export const resourceQuota = describes('ResourceQuota', KubeResourceQuota);
export const limitRange = describes('LimitRange', KubeLimitRange);
export const serviceAccount = describes('ServiceAccount', KubeServiceAccount);
export const configMap = describes('ConfigMap', KubeConfigMap);
export const service = describes('Service', KubeService);
export const deployment = describes('Deployment', KubeDeployment);
export const statefulSet = describes('StatefulSet', KubeStatefulSet);
export const job = describes('Job', KubeJob);
export const autoscaler = describes('HorizontalPodAutoscaler', KubeHorizontalPodAutoscalerV2);
export const disruptionBudget = describes('PodDisruptionBudget', KubePodDisruptionBudget);
export const ingress = describes('Ingress', KubeIngress);
export const role = describes('Role', KubeRole);
export const roleBinding = describes('RoleBinding', KubeRoleBinding);

/** A custom resource; its type is one of a @kubernetes-models package. */
export const custom = <T extends Custom>(object: T): Described => ({
  kind: object.kind, name: object.metadata.name, declaredBy: [],
  render: (chart) => new ApiObject(chart, `${object.kind}-${object.metadata.name}`, { ...object }).toJson(),
});
type Custom = { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string } };

/** `100m`, `64Mi`, `3`. */
export const quantity = (value: string | number) => (typeof value === 'number' ? Quantity.fromNumber(value) : Quantity.fromString(value));
/** A port or a count by number, a port by name. */
export const intOrString = (value: string | number) => (typeof value === 'number' ? IntOrString.fromNumber(value) : IntOrString.fromString(value));

/** A chart of its own: one App for all workloads takes time that grows with their square. */
export function chartOf(name: string): Chart {
  return new Chart(new App({ outdir: '.', recordConstructMetadata: false }), name, { disableResourceNameHashes: true });
}

/** Where `cdk8s synth` wants the files: CDK8S_OUTDIR, else `dist`. */
export const outputFolder = (): string => new App().outdir;

/** All but one of the constructors take their properties as optional, which hides them from inference: hence the first line. */
function describes<P extends Props>(kind: string, construct: new (chart: Chart, id: string, props?: P) => ApiObject): Describe<P>;
function describes<P extends Props>(kind: string, construct: Construct<P>): Describe<P>;
function describes<P extends Props>(kind: string, construct: Construct<P>): Describe<P> {
  return (props, declaredBy = []) => ({
    kind, name: props.metadata.name, declaredBy,
    render: (chart) => new construct(chart, `${kind}-${props.metadata.name}`, props).toJson(),
  });
}
