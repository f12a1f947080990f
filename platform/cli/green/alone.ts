import { execFileSync } from 'node:child_process';

/** Words before a command that leave it only loopback; none where this account may not make a network namespace. */
export function alone(): readonly string[] {
  const words = ['unshare', '--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  try {
    execFileSync('unshare', [...words.slice(1), 'true'], { stdio: 'ignore' });
    return words;
  } catch {
    return [];
  }
}
