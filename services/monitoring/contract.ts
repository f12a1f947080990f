import { contract, database, oneOf } from '../kit/contract.ts';

const traceId = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const hop = {
  type: 'object', additionalProperties: false,
  required: ['spanId', 'parentId', 'service', 'name', 'kind', 'startedAt', 'durationMs', 'status', 'attributes'],
  properties: {
    spanId: { type: 'string' }, parentId: { type: ['string', 'null'] }, service: { type: 'string' }, name: { type: 'string' },
    kind: { enum: ['server', 'client', 'internal', 'producer', 'consumer'] },
    /** Unix time in milliseconds, with a fraction. */
    startedAt: { type: 'number' }, durationMs: { type: 'number' },
    status: { enum: ['ok', 'error'] }, message: { type: 'string' },
    attributes: { type: 'object' },
  },
} as const;
const log = {
  type: 'object', additionalProperties: false, required: ['at', 'service', 'level', 'message', 'spanId'],
  properties: {
    at: { type: 'number' }, service: { type: 'string' }, level: { type: 'string' }, message: { type: 'string' },
    spanId: { type: ['string', 'null'] },
  },
} as const;

export const monitoring = contract({
  name: 'monitoring',
  about: 'Takes spans and logs by OTLP/HTTP, returns a request as one connected tree, and watches every workload.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  routes: {
    takeTraces: {
      method: 'post', path: '/v1/traces', access: 'workload', maxBytes: 4_194_304,
      about: 'OTLP/HTTP traces, JSON (opentelemetry-proto ExportTraceServiceRequest).',
      body: { type: 'object', required: ['resourceSpans'], properties: { resourceSpans: { type: 'array', maxItems: 1000 } } },
      answers: { 200: { type: 'object' } },
    },
    takeLogs: {
      method: 'post', path: '/v1/logs', access: 'workload', maxBytes: 4_194_304,
      about: 'OTLP/HTTP logs, JSON (opentelemetry-proto ExportLogsServiceRequest).',
      body: { type: 'object', required: ['resourceLogs'], properties: { resourceLogs: { type: 'array', maxItems: 1000 } } },
      answers: { 200: { type: 'object' } },
    },
    journeys: {
      method: 'get', path: '/v1/journeys', access: 'viewer', public: true,
      about: 'The newest 50 requests that came through the gateway.',
      answers: {
        200: {
          type: 'object', additionalProperties: false, required: ['journeys'],
          properties: {
            journeys: {
              type: 'array',
              items: {
                type: 'object', additionalProperties: false, required: ['traceId', 'name', 'startedAt', 'durationMs', 'hops', 'status'],
                properties: {
                  traceId, name: { type: 'string' }, startedAt: { type: 'number' }, durationMs: { type: 'number' },
                  hops: { type: 'integer' }, status: { enum: ['ok', 'error'] },
                },
              },
            },
          },
        },
      },
    },
    journey: {
      method: 'get', path: '/v1/journeys/:traceId', access: 'viewer', public: true,
      about: 'One request: its hops, parents before children, its logs, and whether it is one connected tree.',
      params: { type: 'object', required: ['traceId'], properties: { traceId } },
      answers: {
        200: {
          type: 'object', additionalProperties: false, required: ['traceId', 'connected', 'hops', 'logs'],
          properties: { traceId, connected: { type: 'boolean' }, hops: { type: 'array', items: hop }, logs: { type: 'array', items: log } },
        },
      },
    },
    workloads: {
      method: 'get', path: '/v1/workloads', access: 'viewer', public: true,
      about: 'Every workload and its health, as last seen.',
      answers: {
        200: {
          type: 'object', additionalProperties: false, required: ['workloads'],
          properties: {
            workloads: {
              type: 'array',
              items: {
                type: 'object', additionalProperties: false, required: ['name', 'health', 'seenAt', 'answerMs', 'detail'],
                properties: {
                  name: { type: 'string' }, health: { enum: ['Healthy', 'Progressing', 'Degraded', 'Missing', 'Unknown'] },
                  seenAt: { type: ['number', 'null'] }, answerMs: { type: ['number', 'null'] }, detail: { type: 'string' },
                },
              },
            },
          },
        },
      },
    },
  },
});
