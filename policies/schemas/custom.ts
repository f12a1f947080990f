import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { ApplicationSet } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet';
import { AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { ClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore';
import { ExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import { SecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore';
import { Password } from '@kubernetes-models/external-secrets/generators.external-secrets.io/v1alpha1/Password';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { get, isRecord, listOf, pointer, textOf, type Path } from '../json.ts';
import type { Mistake } from './kubernetes.ts';

/** What a model class of @kubernetes-models/* has: its kind, and on its prototype a compiled ajv validator that throws. */
interface Model { readonly apiVersion: string; readonly kind: string; readonly prototype: { validate(): void } }
const models: readonly Model[] = [Application, ApplicationSet, AppProject, ClusterSecretStore, ExternalSecret, SecretStore, Password, PodMonitor, PrometheusRule, ServiceMonitor];
const byKind = new Map(models.map((model) => [`${model.apiVersion} ${model.kind}`, model]));

export const knowsCustom = (apiVersion: string, kind: string): boolean => byKind.has(`${apiVersion} ${kind}`);

/**
 * Everything that is wrong with a custom resource of a known kind. The packages ship compiled validators that let
 * unknown fields pass; a validator reads every field it knows, so a field that it never read is one it does not know.
 */
export function customMistakes(apiVersion: string, kind: string, object: unknown): readonly Mistake[] {
  const model = byKind.get(`${apiVersion} ${kind}`);
  if (!model || !isRecord(object)) return [];
  const watch = watched(object, []);
  try {
    model.prototype.validate.call(watch.value);
  } catch (cause) {
    const errors = listOf(get(cause, 'errors'));
    if (errors.length === 0) return [{ path: [], what: `cannot be judged: ${cause instanceof Error ? cause.message : String(cause)}` }];
    return errors.map((e) => ({ path: pointer(textOf(get(e, 'instancePath')) ?? ''), what: textOf(get(e, 'message')) ?? 'is wrong' }));
  }
  return watch.unread().map((path) => ({ path, what: 'unknown field' }));
}

interface Watch { readonly value: object; unread(): readonly Path[] }

/** A view of a value that remembers which fields were read. Maps are listed by their reader, and free-form objects never opened: both pass. */
function watched(target: object, path: Path): Watch {
  const read = new Set<string>();
  const below = new Map<string, Watch>();
  let listed = Array.isArray(target);
  const value = new Proxy(target, {
    get(from, key, receiver): unknown {
      const found: unknown = Reflect.get(from, key, receiver);
      if (typeof key !== 'string') return found;
      read.add(key);
      if (typeof found !== 'object' || found === null || !Object.hasOwn(from, key)) return found;
      const watch = below.get(key) ?? watched(found, [...path, Array.isArray(from) ? Number(key) : key]);
      below.set(key, watch);
      return watch.value;
    },
    ownKeys(from) {
      listed = true;
      return Reflect.ownKeys(from);
    },
  });
  const unread = (): Path[] => {
    const missed = listed || read.size === 0 ? [] : Object.keys(target).filter((key) => !read.has(key)).map((key) => [...path, key]);
    return [...missed, ...[...below.values()].flatMap((watch) => watch.unread())];
  };
  return { value, unread };
}
