import { durationBuckets } from '../../../services/kit/standard.ts';
import { hostOf, ModelError, type ClusterEnvironment, type Objective, type Workload } from '../../model/index.ts';
import { homeOf } from '../kubernetes/scope.ts';

/** What an objective allows, and how it is measured. */
export interface Indicator {
  readonly kind: Objective['kind'];
  /** `99.9% of requests succeed` */
  readonly promise: string;
  /** The share of bad requests that is allowed: 0.001 for 99.9 %. */
  readonly budget: number;
  /** PromQL for the share of bad requests, from 0 to 1, over a window such as `5m`. */
  bad(window: string): string;
}

/** @throws {ModelError} when two objectives are of one kind, or nothing measures one */
export function indicatorsOf(environment: ClusterEnvironment, name: string, workload: Workload): Indicator[] {
  const twice = workload.options.slo.find(({ kind }, place) => workload.options.slo.findIndex((other) => other.kind === kind) !== place);
  if (twice) throw new ModelError(workload.declaredAt, `"${name}" has two objectives of the kind ${twice.kind}`, 'Keep the stricter one.');
  return workload.options.slo.map((objective) =>
    objective.kind === 'availability' ? availability(environment, name, workload, objective.target) : latency(environment, name, workload, objective.under));
}

function availability(environment: ClusterEnvironment, name: string, workload: Workload, target: string): Indicator {
  return { kind: 'availability', promise: `${target} of requests succeed`, budget: budgetOf(target), bad: failures(environment, name, workload) };
}

/** Bad is an answer of the class 5xx: counted by the workload; else, at the door, by the ingress controller; else by its absence. */
function failures(environment: ClusterEnvironment, name: string, workload: Workload): Indicator['bad'] {
  if (workload.contract.ports.metrics !== undefined) {
    const labels = served(environment, name);
    return (window) => ratio(`http_server_request_duration_seconds_count{${labels},http_response_status_code=~"5.."}`, `http_server_request_duration_seconds_count{${labels}}`, window);
  }
  const host = hostOf(environment, workload);
  if (host !== undefined) {
    const labels = `host="${host}"`;
    return (window) => ratio(`nginx_ingress_controller_requests{${labels},status=~"5.."}`, `nginx_ingress_controller_requests{${labels}}`, window);
  }
  return (window) => `1 - avg_over_time((max(kube_deployment_status_replicas_available{namespace="${homeOf(environment).namespace}",deployment="${name}"}) > bool 0)[${window}:1m])`;
}

/** Bad is an answer that took longer, whatever it was. */
function latency(environment: ClusterEnvironment, name: string, { contract, declaredAt }: Workload, under: string): Indicator {
  const seconds = Number(under.slice(0, -'ms'.length)) / 1000;
  if (contract.ports.metrics === undefined) {
    throw new ModelError(declaredAt, `"${name}" promises answers under ${under}, which nothing measures: it has no metrics port`, 'Give its contract a metrics port, or promise availability only.');
  }
  if (!durationBuckets.includes(seconds)) {
    throw new ModelError(declaredAt, `"${name}" promises answers under ${under}, which its histogram cannot tell`, `Choose one of ${durationBuckets.map((one) => `${one * 1000}ms`).join(', ')}.`);
  }
  const labels = served(environment, name);
  const metric = 'http_server_request_duration_seconds';
  return {
    kind: 'latency', promise: `99% of requests are answered within ${under}`, budget: 0.01,
    bad: (window) => `1 - ${ratio(`${metric}_bucket{${labels},le=${bound(seconds)}}`, `${metric}_count{${labels}}`, window)}`,
  };
}

/** Prometheus 2 keeps `1` as it was exposed, Prometheus 3 makes `1.0` of it. */
const bound = (seconds: number): string => (Number.isInteger(seconds) ? `~"${seconds}(\\\\.0)?"` : `"${seconds}"`);
const served = (environment: ClusterEnvironment, name: string): string => `namespace="${homeOf(environment).namespace}",job="${name}"`;
const ratio = (part: string, all: string, window: string): string => `sum(rate(${part}[${window}])) / sum(rate(${all}[${window}]))`;

/** 1 − 0.999 is not 0.001 in floating point: ten decimals are more than any objective has. */
const budgetOf = (percent: string): number => Number(((100 - Number(percent.slice(0, -1))) / 100).toFixed(10));
