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
  /** The ten bits that OTLP gives a meaning: W3C trace flags, and whether the parent is in another process. */
  readonly flags?: number;
  readonly extras?: Extras;
}
/** What few spans have; what is not there takes no room. */
export interface Extras {
  readonly events?: readonly SpanEvent[];
  readonly links?: readonly SpanLink[];
  /** How many there were more, at the sender and here. */
  readonly dropped?: Dropped;
  readonly traceState?: string;
  /** Somebody has looked at it and said that it went well, which OTLP tells from "nobody has said anything". */
  readonly isOk?: true;
  /** What measured it, where that is not our kit; `{}` says nothing of itself. */
  readonly scope?: Described;
  /** Of the sender, beyond what every span keeps (resource.ts). */
  readonly resource?: Described;
}
export interface Dropped { readonly attributes?: number; readonly events?: number; readonly links?: number }
/** Something that happened at one moment of a step. */
export interface SpanEvent {
  readonly atNs: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly dropped?: number;
}
/** To a step, mostly of another journey, that has to do with this one and is not its parent. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
  readonly traceState?: string;
  readonly flags?: number;
  readonly dropped?: number;
}
export interface Described {
  readonly name?: string;
  readonly version?: string;
  readonly attributes?: Attributes;
  readonly dropped?: number;
  /** The address of the schema that its names follow. */
  readonly schema?: string;
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
  /** Texts in it that were credentials, or stood under a key that holds them. */
  readonly masked: number;
}
