import { get, listOf, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

/** Namespaced, and isolated from other pods: the list of the Baseline policy. */
const safe = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
];

export const sysctls = rule({
  id: 'sysctls',
  why: 'Most kernel settings hold for the whole node, not for the pod that sets them.',
  fix: `Remove it; only ${safe[0]}, ${safe[1]} and the others of the Baseline list are safe.`,
  serves: ['Pod Security Standards, Baseline: Sysctls', 'NSA/CISA: Pod security enforcement'],
  of: podsOf,
  check: ({ on, at, spec }) => listOf(get(spec, 'securityContext', 'sysctls')).flatMap((entry, i) => {
    const name = textOf(get(entry, 'name')) ?? '';
    return safe.includes(name) ? [] : [breach(on, [...at, 'securityContext', 'sysctls', i], `sets ${name} of the kernel`)];
  }),
});
