/** One step of a request, as it is kept. */
export interface Span {
  /** 32 and 16 lower-case hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Nanoseconds since 1970, in decimal: more than a number holds exactly. */
  readonly startedNs: string;
  readonly endedNs: string;
  readonly isError: boolean;
  readonly message: string | null;
  readonly attributes: Attributes;
}
/** A step that has begun: told for traces that somebody watches. */
export type OpenSpan = Omit<Span, 'endedNs' | 'isError' | 'message'>;
/** As it arrives. */
export type SentSpan = Span | OpenSpan;
export const hasEnded = (span: SentSpan): span is Span => 'endedNs' in span;
export type SpanKind = 'server' | 'client' | 'internal' | 'producer' | 'consumer';
export type Attributes = Readonly<Record<string, unknown>>;

export interface LogLine {
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly service: string;
  readonly level: string;
  readonly message: string;
  readonly atNs: string;
  readonly attributes: Attributes;
}

/** What a batch held: what can be kept, and how much of it was refused and why first. */
export interface Taken<T> {
  readonly kept: readonly T[];
  readonly refused: number;
  readonly why: string | null;
}
