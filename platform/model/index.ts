export { type Approvals, type Delivery, type Window } from './delivery.ts';
export { edgesOf, scrapeOf, standardOf, type Edge } from './edge.ts';
export {
  clusterOf, localOf, productionOf,
  type CloudPlace, type ClusterEnvironment, type Environment, type LocalEnvironment, type Region, type Scale,
} from './environment.ts';
export { edgesIn, hostOf, isOwn, knobNameOf, knobValueOf, providerOf } from './lookup.ts';
export { available, p99, type Objective } from './objective.ts';
export { type Declared, type OutputFile, type Target } from './output.ts';
export { definePlatform, type Platform } from './platform.ts';
export { metricsPort, portsOf, servingPort, type Port } from './port.ts';
export { aws, embedded, external, inCluster, own, type AnyProvider, type Aws, type AwsOptions, type Cidr, type Storage } from './provider.ts';
export {
  alerts, cache, database, engine, isKnob, isRef, knob, logs, mail, metrics, objects, publicAddress, queue, repository, secretNamed, secrets, traces, url, use,
  type AnyBinding, type Backing, type BackingKind, type Knob, type KnobValue, type Ref,
} from './reference.ts';
export { imageReleases, ModelError, sourceReleases, UNBUILT_DIGEST, type Digest, type GitRevision, type ImageRelease, type SourceRelease } from './release.ts';
export { service, type Grant, type Resources, type Service, type Workload } from './service.ts';
export { callSite, type SourceLine } from './source.ts';
