import type { RouteSet } from '../../kit/contract.ts';

/** What workloads send. */
export const takingRoutes = {
  takeTraces: {
    method: 'post', path: '/v1/traces', access: 'workload', maxBytes: 4_194_304,
    about: 'OTLP/HTTP traces, JSON or protobuf (opentelemetry-proto ExportTraceServiceRequest).',
    body: { type: 'object', required: ['resourceSpans'], properties: { resourceSpans: { type: 'array', maxItems: 1000 } } },
    answers: { 200: { type: 'object' } },
  },
  takeLogs: {
    method: 'post', path: '/v1/logs', access: 'workload', maxBytes: 4_194_304,
    about: 'OTLP/HTTP logs, JSON or protobuf (opentelemetry-proto ExportLogsServiceRequest).',
    body: { type: 'object', required: ['resourceLogs'], properties: { resourceLogs: { type: 'array', maxItems: 1000 } } },
    answers: { 200: { type: 'object' } },
  },
  takeMetrics: {
    method: 'post', path: '/v1/metrics', access: 'workload', maxBytes: 4_194_304,
    about: 'OTLP/HTTP metrics, JSON or protobuf (opentelemetry-proto ExportMetricsServiceRequest): gauges, sums, histograms.',
    body: { type: 'object', required: ['resourceMetrics'], properties: { resourceMetrics: { type: 'array', maxItems: 1000 } } },
    answers: { 200: { type: 'object' } },
  },
} as const satisfies RouteSet;
