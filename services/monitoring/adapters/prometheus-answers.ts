import { answerReader } from './answer-reader.ts';

/** What Prometheus answers, as far as it is used (prometheus.io: HTTP API, v1). */
export type RawLabels = Readonly<Record<string, string>>;
export type Sample = readonly [seconds: number, value: string];
export interface RawSeries { readonly metric: RawLabels; readonly values: readonly Sample[] }
export interface RawValue { readonly metric: RawLabels; readonly value: Sample }
export interface RawExemplars { readonly seriesLabels: RawLabels; readonly exemplars: readonly { readonly labels: RawLabels; readonly value: string; readonly timestamp: number }[] }

const labels = { type: 'object', additionalProperties: { type: 'string' } };
const sample = { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }], minItems: 2, items: false };
const having = (properties: object) => ({ type: 'object', required: Object.keys(properties), properties });
const list = (items: object) => ({ type: 'array', items });
const success = (data: object) => having({ status: { const: 'success' }, data });

const matrix = answerReader<{ readonly data: { readonly result: readonly RawSeries[] } }>('Prometheus', success(having({ resultType: { const: 'matrix' }, result: list(having({ metric: labels, values: list(sample) })) })));
const vector = answerReader<{ readonly data: { readonly result: readonly RawValue[] } }>('Prometheus', success(having({ resultType: { const: 'vector' }, result: list(having({ metric: labels, value: sample })) })));
const exemplars = answerReader<{ readonly data: readonly RawExemplars[] | null }>('Prometheus', success({ anyOf: [{ type: 'null' }, list(having({ seriesLabels: labels, exemplars: list(having({ labels, value: { type: 'string' }, timestamp: { type: 'number' } })) }))] }));
const runtime = answerReader<{ readonly data: { readonly storageRetention: string } }>('Prometheus', success(having({ storageRetention: { type: 'string' } })));

export const asMatrix = (body: unknown): readonly RawSeries[] => matrix(body).data.result;
export const asVector = (body: unknown): readonly RawValue[] => vector(body).data.result;
export const asExemplars = (body: unknown): readonly RawExemplars[] => exemplars(body).data ?? [];
export const asRetention = (body: unknown): string => runtime(body).data.storageRetention;
