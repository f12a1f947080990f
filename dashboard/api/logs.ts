import { logRoutes } from '../../services/monitoring/contract/logs.ts';
import { ask, pathOf, type AnswerOf } from './ask.ts';
import { conforms } from './schema.ts';

export type LogPage = AnswerOf<typeof logRoutes.logs>;
export type KeptLine = LogPage['lines'][number];
export type Level = KeptLine['level'];
export type LogHistogram = AnswerOf<typeof logRoutes.logHistogram>;
export type LogFacets = AnswerOf<typeof logRoutes.logFacets>;
/** Which lines: terms of the query, and a range in Unix milliseconds; without an end it ends now. */
export interface LogQuestion { readonly query: string | undefined; readonly from: number | undefined; readonly to: number | undefined }

export const searchLogs = (question: LogQuestion, before: number | undefined, signal: AbortSignal) => ask(logRoutes.logs, { query: { ...question, before, limit: 200 }, signal });
export const countLogs = (question: LogQuestion, signal: AbortSignal) => ask(logRoutes.logHistogram, { query: { ...question, buckets: 60 }, signal });
export const facetLogs = (question: LogQuestion, signal: AbortSignal) => ask(logRoutes.logFacets, { query: { ...question }, signal });
export const readContext = (id: number, signal: AbortSignal) => ask(logRoutes.logContext, { params: { id: String(id) }, query: { lines: 50 }, signal });
export const readTelemetry = (signal: AbortSignal) => ask(logRoutes.telemetry, { signal });
/** Where the browser itself fetches the lines as NDJSON. */
export const exportPath = ({ query, from, to }: LogQuestion): string => {
  const given = Object.entries({ query, from, to }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `${pathOf(logRoutes.logExport.path, {})}?${new URLSearchParams(given)}`;
};

const schema = logRoutes.logs.answers[200].properties.lines;

/** @returns undefined for what holds no lines */
export function linesIn({ lines }: Readonly<Record<string, unknown>>): readonly KeptLine[] | undefined {
  return conforms(schema, lines) ? lines : undefined;
}
