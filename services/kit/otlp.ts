import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { callerHeader, callerProof } from './caller.ts';
import type { StandardEnv } from './env.ts';
import { patient } from './patient.ts';

/** Where spans and log records go. */
export interface Exporters {
  readonly spans: SpanExporter;
  readonly logs: LogRecordExporter;
}

/** OTLP/HTTP in JSON, with the key of the workloads as its bearer. A try takes at most 2 s; a batch is offered for a minute. */
export function openOtlp({ telemetryUrl, workloadKey }: StandardEnv): Exporters | undefined {
  if (!telemetryUrl || !workloadKey) return undefined;
  const to = (path: string) => ({
    url: new URL(path, telemetryUrl.url).href,
    headers: { authorization: `Bearer ${workloadKey.reveal()}`, [callerHeader]: callerProof(workloadKey, telemetryUrl.reference) ?? '' },
    timeoutMillis: 2000, concurrencyLimit: 4,
  });
  return { spans: patient(new OTLPTraceExporter(to('/v1/traces'))), logs: patient(new OTLPLogExporter(to('/v1/logs'))) };
}
