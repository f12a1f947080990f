import { metricRoutes as routes } from '../../services/monitoring/contract/metrics.ts';
import { ask, type AnswerOf } from './ask.ts';

export type Figures = AnswerOf<typeof routes.red>;
export type Group = Figures['groups'][number];
export type Exemplars = Group['exemplars'];
export type By = Figures['by'];
export type Edges = AnswerOf<typeof routes.edges>;
export type ObservedEdge = Edges['edges'][number];
export type Names = AnswerOf<typeof routes.metricNames>;
export type Family = AnswerOf<typeof routes.metricSeries>;
/** Unix milliseconds, as the API has them. */
export interface Span { readonly from: number; readonly to: number }
/** @param step seconds of one value of the series */
export interface FiguresQuery extends Span { readonly by: By; readonly service?: string | undefined; readonly step?: number | undefined }

export const readFigures = (query: FiguresQuery, signal: AbortSignal) => ask(routes.red, { query: { ...query }, signal });
export const readEdges = (query: Span, signal: AbortSignal) => ask(routes.edges, { query: { ...query }, signal });
export const readNames = (signal: AbortSignal) => ask(routes.metricNames, { signal });
export const readFamily = (query: Span & { readonly name: string; readonly service?: string | undefined }, signal: AbortSignal) => ask(routes.metricSeries, { query: { ...query }, signal });
