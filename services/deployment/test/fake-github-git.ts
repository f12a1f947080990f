import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * git's smart protocol over HTTP as GitHub speaks it: the real `git http-backend` (CGI, RFC 3875) in front of a real bare
 * repository, behind the same tokens as the API. @param user who may read; `writes`: who may also push
 */
export function serveGit(request: IncomingMessage, response: ServerResponse, at: { readonly root: string; readonly path: string; readonly query: string; readonly user: { readonly login: string; readonly writes: boolean } | null }): void {
  const pushes = at.path.endsWith('/git-receive-pack') || at.query.includes('service=git-receive-pack');
  if (at.user === null) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end('Bad credentials');
    return;
  }
  if (pushes && !at.user.writes) {
    response.writeHead(403).end('Write access to repository not granted.');
    return;
  }
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'], GIT_PROJECT_ROOT: at.root, GIT_HTTP_EXPORT_ALL: '1', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C',
      GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: at.path, QUERY_STRING: at.query, REQUEST_METHOD: request.method ?? 'GET', CONTENT_TYPE: request.headers['content-type'] ?? '', REMOTE_USER: at.user.login,
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''), HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => {});
  let head = Buffer.alloc(0);
  let begun = false;
  child.stdout.on('data', (chunk: Buffer) => {
    if (begun) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    begun = true;
    const fields = head.toString('latin1', 0, end).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
    const status = fields.find(([name]) => name === 'Status')?.[1];
    response.writeHead(Number.parseInt(status ?? '200', 10), Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
    return void response.write(head.subarray(end + 4));
  });
  child.on('close', () => {
    if (!begun) response.writeHead(500);
    response.end();
  });
}
