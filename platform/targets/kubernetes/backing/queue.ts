import { clusterPort } from '../place.ts';
import { connect, exec } from './probe.ts';
import type { Server } from './server.ts';

/**
 * RabbitMQ 3.13. Its volume lies below its home, which is lost with the pod: the Erlang cookie in it must belong to its owner alone,
 * and a volume's group rights would forbid the server to start.
 */
export const queue = (name: string): Server => ({
  image: 'docker.io/library/rabbitmq:3.13-alpine@sha256:d7af1c87c5f1eda13fcfca06db452bf3aeab6619fc3358b68535c0c02c4e52bc',
  version: '3.13',
  user: { user: 100, group: 101 },
  amount: { cpu: 200, memory: 512 },
  env: [],
  ports: [{ name: 'amqp', number: clusterPort.queue }],
  data: `${HOME}/mnesia`,
  scratch: [HOME, '/tmp'],
  // A diagnostics command starts an Erlang machine of its own: seldom, and with time.
  probes: { startup: connect('amqp', 2, 90), live: exec(['rabbitmq-diagnostics', '--quiet', 'ping'], 60, 3, 20), ready: connect('amqp', 10, 3) },
  passwords: ['password'],
  secret: {
    'credentials.conf': [`default_user = ${name}`, 'default_pass = {{ .password }}', 'default_vhost = journey', ''].join('\n'),
    url: `amqp://${name}:{{ .password }}@${name}:${clusterPort.queue}/journey`,
  },
  secretFiles: { 'credentials.conf': '/etc/rabbitmq/conf.d/20-credentials.conf' },
  files: {},
});

const HOME = '/var/lib/rabbitmq';
