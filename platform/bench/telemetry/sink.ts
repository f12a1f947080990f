import { createServer } from 'node:http';

/** Takes OTLP/HTTP in JSON as monitoring would, in a process of its own, and counts: GET answers how many spans and lines came. */
const counted = { spans: 0, lines: 0 };
const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end(JSON.stringify(counted));
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // Every record has exactly one of these keys.
    const text = Buffer.concat(chunks).toString('utf8');
    counted.spans += text.split('"startTimeUnixNano"').length - 1;
    counted.lines += text.split('"severityNumber"').length - 1;
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ ready: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
