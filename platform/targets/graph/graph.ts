import {
  edgesIn, isOwn, isRef, knobValueOf, providerOf,
  type Edge, type Environment, type OutputFile, type Platform,
} from '../../model/index.ts';
import { sortedBy } from '../sorted.ts';
import type { JourneyEdge, JourneyJson, JourneyKnob, JourneyNode, JourneyObject, JourneySecret } from './journey-json.ts';

/** `journey.json`: the only file that holds lines of the model. `files` is what all other targets wrote. */
export function graph(platform: Platform, environment: Environment, files: readonly OutputFile[]): OutputFile {
  return { path: 'journey.json', text: `${JSON.stringify(journeyOf(platform, environment, files), null, 2)}\n`, declares: [] };
}

export function journeyOf(platform: Platform, environment: Environment, files: readonly OutputFile[]): JourneyJson {
  const index = indexOf(files);
  return {
    version: 1,
    environment: environment.name,
    nodes: [...backingsOf(platform, environment, index), ...workloadsOf(platform, environment, index)],
    edges: sortedBy(edgesIn(platform, environment).map((edge) => edgeOf(edge, index)), (edge) => `${edge.reference} ${edge.to}`),
    secrets: secretsOf(platform, index),
    knobs: knobsOf(platform, environment),
    delivery: environment.delivery,
  };
}

/** Everything that was written, by what asked for it. */
interface Index {
  readonly byReference: ReadonlyMap<string, readonly JourneyObject[]>;
  readonly filesOfWorkload: ReadonlyMap<string, readonly string[]>;
  readonly filesOfObject: ReadonlyMap<string, readonly string[]>;
}

function indexOf(files: readonly OutputFile[]): Index {
  const all = files.flatMap(({ path, declares }) => declares.map((one) => ({ ...one, file: path })));
  const references = Map.groupBy(all.filter((one) => one.declaredBy !== undefined), (one) => one.declaredBy ?? '');
  const workloads = Map.groupBy(all.filter((one) => one.workload !== undefined), (one) => one.workload ?? '');
  return {
    byReference: mapped(references, (ones) => sortedBy(unique(ones.map(({ file, object }) => ({ file, object }))), ({ file, object }) => `${file} ${object}`)),
    filesOfWorkload: mapped(workloads, filesIn),
    filesOfObject: mapped(Map.groupBy(all.filter((one) => one.workload === undefined), (one) => one.object.slice(one.object.indexOf('/') + 1)), filesIn),
  };
}

function edgeOf(edge: Edge, index: Index): JourneyEdge {
  // The scraper has one reference for all it scrapes: what an edge of it produced is told apart by the name of its target.
  const objects = (index.byReference.get(edge.reference) ?? []).filter(({ object }) => !edge.reference.endsWith('.WORKLOADS') || namesBoth(object, edge));
  return {
    reference: edge.reference, from: edge.from, to: edge.to, kind: edge.kind,
    ...(edge.backing ? { backing: edge.backing } : {}),
    ...(edge.port ? { port: edge.port } : {}),
    declaredAt: edge.declaredAt,
    manifests: filesIn(objects), policies: objects.filter(isPolicy), objects: objects.filter((one) => !isPolicy(one)),
  };
}

/** `NetworkPolicy/gateway-from-monitoring` belongs to the edge from monitoring to gateway. */
function namesBoth(object: string, { from, to }: Edge): boolean {
  const name = object.slice(object.indexOf('/') + 1);
  return name === `${from}-to-${to}` || name === `${to}-from-${from}` || name === to;
}

const POLICIES = ['NetworkPolicy', 'allow', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'];
const isPolicy = ({ object }: JourneyObject) => POLICIES.includes(object.slice(0, object.indexOf('/')));

function workloadsOf(platform: Platform, environment: Environment, index: Index): JourneyNode[] {
  return sortedBy(Object.entries(platform.workloads), ([name]) => name).map(([name, { contract, declaredAt, options }]) => {
    const folder = contract.folder ?? `services/${contract.name}`;
    return {
      name, kind: 'workload', declaredAt, about: contract.about, folder, contract: `${folder}/contract.ts`,
      ...releaseOf(environment, name),
      objectives: options.slo,
      files: index.filesOfWorkload.get(name) ?? [],
    };
  });
}

function releaseOf({ release }: Environment, workload: string): Pick<JourneyNode, 'release' | 'source' | 'provenance'> {
  const one = release[workload];
  if (!one) return {};
  if (!('image' in one)) return { release: one.revision };
  const { image, source, provenance } = one;
  return { release: image, ...(source ? { source } : {}), ...(provenance ? { provenance } : {}) };
}

function backingsOf(platform: Platform, environment: Environment, index: Index): JourneyNode[] {
  return sortedBy(Object.values(platform.backing).filter(({ name }) => !isOwn(platform, environment, name)), ({ name }) => name).map(({ name, kind, declaredAt }) => ({
    name, kind: 'backing', declaredAt, backing: kind, provider: providerOf(platform, environment, name).provider,
    files: index.filesOfObject.get(name) ?? [],
  }));
}

function secretsOf(platform: Platform, index: Index): JourneySecret[] {
  const all = Object.entries(platform.workloads).flatMap(([name, { options }]) =>
    Object.entries(options.env).flatMap(([key, bound]): JourneySecret[] => {
      if (!isRef(bound) || bound.kind !== 'secret') return [];
      const reference = `${name}.${key}`;
      return [{ reference, secret: bound.target, declaredAt: bound.declaredAt, manifests: filesIn(index.byReference.get(reference) ?? []) }];
    }));
  return sortedBy(all, (one) => one.reference);
}

function knobsOf(platform: Platform, environment: Environment): JourneyKnob[] {
  return sortedBy(Object.entries(platform.knobs), ([name]) => name)
    .map(([name, knob]) => ({ name, about: knob.about, value: knobValueOf(platform, environment, knob), declaredAt: knob.declaredAt }));
}

const filesIn = (ones: readonly { readonly file: string }[]) => [...new Set(ones.map(({ file }) => file))].toSorted();

function unique(objects: readonly JourneyObject[]): JourneyObject[] {
  return [...new Map(objects.map((one) => [`${one.file} ${one.object}`, one])).values()];
}

function mapped<V, W>(map: ReadonlyMap<string, V>, change: (value: V) => W): ReadonlyMap<string, W> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
