import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { StandardEnv } from './env.ts';
import type { Exporters } from './exporter.ts';

/** OTLP/HTTP in JSON, with the key of the workloads as its bearer. Tries again within 5 s, then gives the batch up. */
export function openOtlp({ telemetryUrl, workloadKey }: StandardEnv): Exporters | undefined {
  if (!telemetryUrl || !workloadKey) return undefined;
  const to = (path: string) => ({
    url: new URL(path, telemetryUrl.url).href,
    headers: { authorization: `Bearer ${workloadKey.reveal()}` },
    timeoutMillis: 5000, concurrencyLimit: 4,
  });
  return { spans: new OTLPTraceExporter(to('/v1/traces')), logs: new OTLPLogExporter(to('/v1/logs')) };
}
