import { ModelError, type ClusterEnvironment } from '../../model/index.ts';
import type { Drawer } from './file.ts';

interface Folder { readonly name: string; readonly drawers: readonly Drawer[] }

/** What can name a Service (RFC 1035) and leaves room for `-migration` in a label of 63 characters. */
const NAME = /^[a-z](?:[-a-z0-9]{0,51}[a-z0-9])?$/;

/**
 * Refuses what a cluster would refuse or, worse, merge: names that are no names, and one name for two objects.
 * @throws {ModelError} names both folders.
 */
export function refuseClashes(environment: ClusterEnvironment, folders: readonly Folder[]): void {
  const owners = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name: folder, drawers } of folders) {
    if (!NAME.test(folder)) {
      throw new ModelError(environment.declaredAt, `"${folder}" cannot name a Service`, 'Use at most 53 lower-case letters, digits and "-", starting with a letter.');
    }
    if (seen.has(folder)) {
      throw new ModelError(environment.declaredAt, `no workload can be named "${folder}"`, 'Rename the workload: the folder of that name holds what has no one owner.');
    }
    seen.add(folder);
    for (const { kind, name } of drawers.flatMap(({ objects }) => objects)) {
      const other = owners.get(`${kind}/${name}`);
      if (other !== undefined) {
        throw new ModelError(environment.declaredAt, `"${environment.name}" would have two objects ${kind}/${name}: of ${other} and of ${folder}`, 'Rename the workload or the backing.');
      }
      owners.set(`${kind}/${name}`, folder);
    }
  }
  refuseSharedPods(environment, folders);
}

/** Pods are told apart by the name of what makes them: a workload named as the migration of another would answer for it. */
function refuseSharedPods(environment: ClusterEnvironment, folders: readonly Folder[]): void {
  const owners = new Map<string, string>();
  for (const { name: folder, drawers } of folders) {
    for (const { kind, name } of drawers.flatMap(({ objects }) => objects).filter((object) => PODS.includes(object.kind))) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new ModelError(environment.declaredAt, `"${environment.name}" would have two kinds of pod named "${name}": ${other} and ${kind} of ${folder}`, 'Rename the workload or the backing.');
      }
      owners.set(name, `${kind} of ${folder}`);
    }
  }
}
const PODS: readonly string[] = ['Deployment', 'StatefulSet', 'Job'];
