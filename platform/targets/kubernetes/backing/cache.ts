import { clusterPort } from '../place.ts';
import { connect, exec, fromCredentials } from './probe.ts';
import type { Server } from './server.ts';

/** Redis 7, with its password in a file and not on its command line. */
export const cache = (name: string): Server => ({
  image: 'docker.io/library/redis:7-alpine@sha256:6ab0b6e7381779332f97b8ca76193e45b0756f38d4c0dcda72dbb3c32061ab99',
  version: '7',
  user: { user: 999, group: 1000 },
  amount: { cpu: 50, memory: 128 },
  command: ['redis-server', CONF],
  env: [fromCredentials('REDISCLI_AUTH', name, 'password')],
  ports: [{ name: 'redis', number: clusterPort.cache }],
  data: '/data',
  scratch: ['/tmp'],
  // redis-cli ends with 0 whatever the answer is.
  probes: { startup: connect('redis', 1, 60), live: connect('redis', 15, 4), ready: exec(['sh', '-c', 'redis-cli ping | grep -q PONG'], 5, 2) },
  passwords: ['password'],
  secret: {
    password: '{{ .password }}',
    'redis.conf': [
      `port ${clusterPort.cache}`, 'dir /data', 'appendonly yes', 'maxmemory 160mb', 'maxmemory-policy volatile-lru', 'requirepass {{ .password }}', '',
    ].join('\n'),
    url: `redis://default:{{ .password }}@${name}:${clusterPort.cache}/0`,
  },
  secretFiles: { 'redis.conf': CONF },
  files: {},
});

const CONF = '/etc/redis/redis.conf';
