import { dashboardEnv, EnvError } from './api/env.ts';
import { logLine } from './api/log-line.ts';
import { serve } from './api/serve.ts';

try {
  const { host, port, sockets, gatewayUrl } = dashboardEnv();
  const server = await serve(import.meta.dirname, { host, port, ...(sockets ? { sockets } : {}) });
  logLine('info', 'listening', { url: server.url, gateway: gatewayUrl.origin });
  const stop = (signal: string) => {
    logLine('info', 'stopping', { signal });
    void server.stop({ gently: signal === 'SIGUSR2' }).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('SIGUSR2', stop);
} catch (error) {
  logLine('error', error instanceof Error ? error.message : String(error), error instanceof EnvError ? { problems: error.problems } : {});
  process.exit(1);
}
