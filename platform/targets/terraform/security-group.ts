import type { Declared } from '../../model/index.ts';
import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from './cdktf.ts';
import type { Network } from './network.ts';
import type { Scope } from './scope.ts';

/** All references of one workload to one backing. */
export interface Held {
  /** `gateway-to-sessions`. */
  readonly id: string;
  readonly from: string;
  readonly references: readonly string[];
}

export function byTarget(scope: Scope, backing: string): readonly Held[] {
  const held = Map.groupBy(scope.edgesTo.get(backing) ?? [], (edge) => edge.from);
  return [...held].map(([from, edges]) => ({ id: `${from}-to-${backing}`, from, references: edges.map((edge) => edge.reference) }));
}

/** The group of a backing: lets in the workloads that hold a reference to it, on one port. Returns its id. */
export function addGroup(scope: Scope, network: Network, backing: string, port: number): string {
  const group = groupOf(scope, network, `backing-${backing}`, `The backing ${backing}`, {});
  for (const { id, from, references } of byTarget(scope, backing)) {
    const source = workloadGroup(scope, network, from);
    allow(scope, id, references.join(', '), { from: source, to: group, port }, { workload: from, declaredBy: references[0] ?? id });
  }
  return group;
}

/** The group that a workload's pods carry; made when the first backing asks for it. */
function workloadGroup(scope: Scope, network: Network, workload: string): string {
  const known = scope.workloadGroups.get(workload);
  if (known !== undefined) return known;
  const made = groupOf(scope, network, `workload-${workload}`, `The workload ${workload}`, { workload });
  scope.workloadGroups.set(workload, made);
  return made;
}

export function groupOf({ stack, environment }: Scope, network: Network, name: string, description: string, from: Omit<Declared, 'object'>): string {
  return stack.add(SecurityGroup, name, {
    name: `${environment.name}-${name}`, description, vpcId: network.vpcId, tags: { Name: `${environment.name}-${name}` },
  }, from).at('id');
}

export function allow(
  { stack }: Scope, id: string, description: string,
  path: { readonly from: string; readonly to: string; readonly port: number }, declared: Omit<Declared, 'object'>,
): void {
  const rule = { description, ipProtocol: 'tcp', fromPort: path.port, toPort: path.port };
  stack.add(VpcSecurityGroupIngressRule, id, { ...rule, securityGroupId: path.to, referencedSecurityGroupId: path.from }, declared);
  stack.add(VpcSecurityGroupEgressRule, id, { ...rule, securityGroupId: path.from, referencedSecurityGroupId: path.to }, declared);
}
