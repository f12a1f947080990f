import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../port.ts';
import { tether } from '../tethered.ts';
import { commandAt, startServer, type TestServer } from './server.ts';

const BIN = ['/usr/lib/rabbitmq/bin'];
/** Debian's command on PATH is a wrapper that changes the user; this is the server itself. */
export const rabbitBinary = (): string | undefined => commandAt('rabbitmq-server', BIN);

export interface TestRabbit extends TestServer {
  /** The names that clients gave their connections, as the broker sees them. */
  connections(): Promise<readonly string[]>;
}

/**
 * A RabbitMQ of its own. Erlang would listen on every interface three times: the broker's port, the distribution's, and its port mapper
 * (epmd), which outlives the broker. Each gets a port of ours on loopback, and epmd is a process of ours that ends with the test.
 */
export async function startRabbit(): Promise<TestRabbit> {
  const binary = rabbitBinary();
  if (!binary) throw new Error('rabbitmq-server is not installed; run .ci/servers.sh');
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-rabbitmq-'));
  const password = randomBytes(12).toString('hex');
  const [port, dist, mapper] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'rabbitmq.conf');
  await writeFile(config, [
    `listeners.tcp.1 = 127.0.0.1:${port}`, 'default_user = journey', `default_pass = ${password}`,
    'disk_free_limit.absolute = 50MB', 'log.console = true', 'log.console.level = info', 'log.file = false', '',
  ].join('\n'));
  await writeFile(join(folder, 'enabled_plugins'), '[].\n');
  await mkdir(join(folder, 'epmd'));
  const env = {
    PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8',
    ERL_EPMD_ADDRESS: '127.0.0.1', ERL_EPMD_PORT: String(mapper),
    RABBITMQ_NODENAME: `journey${port}@localhost`, RABBITMQ_DIST_PORT: String(dist), RABBITMQ_NODE_PORT: String(port), RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_MNESIA_BASE: join(folder, 'data'), RABBITMQ_LOG_BASE: join(folder, 'log'), RABBITMQ_LOGS: '-', RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'), RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none',
    // The start script then becomes the server instead of waiting beside it.
    RUNNING_UNDER_SYSTEMD: 'yes',
  };
  const names = await tether({
    command: ['epmd', '-address', '127.0.0.1', '-port', String(mapper), '-d'],
    folder: join(folder, 'epmd'), signal: 'TERM', ready: /entering the main select|epmd running/i, timeoutMs: 10_000, env,
  });
  const server = await startServer({ url: `amqp://journey:${password}@127.0.0.1:${port}`, port, folder }, () => tether({
    command: [binary], folder, signal: 'KILL', ready: /Server startup complete/, timeoutMs: 120_000, env,
  }));
  return {
    ...server,
    async connections() {
      const { stdout } = await promisify(execFile)(join(binary, '../rabbitmqctl'), ['-q', 'list_connections', '--formatter', 'json', 'client_properties'], { env });
      const rows: unknown = JSON.parse(stdout);
      return (Array.isArray(rows) ? rows : []).map((row) => JSON.stringify(row));
    },
    async stop() {
      await server.stop();
      await names.stop();
    },
  };
}
