import { isEverywhere } from '../cidr.ts';
import { get, textsOf, type Path } from '../json.ts';
import type { Resource } from '../rendered.ts';
import { rule } from '../rule.ts';
import { blocksOf, fault, isTrue, resourcesOf } from './resources.ts';

const keys = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6'];

export const openIngress = rule({
  id: 'open-ingress',
  why: 'From everywhere means from everybody: what stands behind the group is on the internet.',
  fix: 'Name the security group of the workload that calls (referenced_security_group_id), or the range of one network.',
  serves: ['CIS AWS Foundations 5.2', 'CIS AWS Foundations 5.3', 'CIS AWS Foundations 5.4'],
  of: resourcesOf('aws_security_group', 'aws_default_security_group', 'aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_subnet'),
  check: (on) => [
    ...(isTrue(on.json['map_public_ip_on_launch']) ? fault(on, ['map_public_ip_on_launch'], 'gives out public addresses') : []),
    ...rulesIn(on).flatMap(({ json, path }) => keys.flatMap((key) => (textsOf(get(json, key)).some(isEverywhere) ? fault(on, [...path, key], 'lets everybody in') : []))),
  ],
});

/** The ingress rules of a resource: itself, or the blocks in it. */
function rulesIn({ type, json }: Resource): readonly { readonly json: unknown; readonly path: Path }[] {
  if (type === 'aws_vpc_security_group_ingress_rule') return [{ json, path: [] }];
  if (type === 'aws_security_group_rule') return json['type'] === 'egress' ? [] : [{ json, path: [] }];
  return blocksOf(json, 'ingress').map((one, i) => ({ json: one, path: ['ingress', i] }));
}
