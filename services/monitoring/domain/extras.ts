import type { Origin } from './batch.ts';
import { describedOf } from './described.ts';
import { saidOf, type Masks } from './mask.ts';
import { attributesOf, countOf, idOf, LIMITS, listOf, nanosOf, recordOf } from './otlp.ts';
import type { Sender } from './resource.ts';
import type { Described, Dropped, Extras, SpanEvent, SpanLink } from './span.ts';

/** What our kit calls itself as the scope of what it measures; of a span that says no more than this, nothing is kept. */
export const OWN_SCOPE = 'request-journey';
/** Of one span: so many of each, which take so much room as JSON. The scope is repeated in every span. */
const MOST = { count: 128, bytes: 65_536, scopeBytes: 1024 } as const;
/** The bits of `flags` that OTLP 1.x gives a meaning. */
const FLAGS = 0x3ff;
const STATUS_OK = 1;

/** What all spans of one scope have in common. */
export type Shared = Pick<Extras, 'scope' | 'resource'> | undefined;

export function sharedOf(sender: Sender, { scoped }: Origin, masks: Masks): Shared {
  const scope = scopeOf(scoped, masks);
  const resource = sender.rest();
  return scope || resource ? { ...(scope && { scope }), ...(resource && { resource }) } : undefined;
}

function scopeOf(scoped: unknown, masks: Masks): Described | undefined {
  const { scope: raw, schemaUrl: schema } = recordOf(scoped);
  const { name, version, attributes } = recordOf(raw);
  const scope = describedOf({ raw, attributes: attributesOf(attributes, masks), schema, name: saidOf(name, masks, 200) ?? '', version: saidOf(version, masks, 100) ?? '' }, MOST.scopeBytes);
  return scope.name === OWN_SCOPE && Object.keys(scope).length === 1 ? undefined : scope;
}

/** Undefined of almost every span of ours. */
export function extrasOf(span: Readonly<Record<string, unknown>>, shared: Shared, masks: Masks): Extras | undefined {
  if (isPlain(span)) return shared;
  const events = fitting(span['events'], (raw) => eventOf(raw, masks));
  const links = fitting(span['links'], (raw) => linkOf(raw, masks));
  const dropped = droppedOf(
    countOf(span['droppedAttributesCount']) + Math.max(0, listOf(span['attributes']).length - LIMITS.attributes),
    countOf(span['droppedEventsCount']) + events.omitted, countOf(span['droppedLinksCount']) + links.omitted,
  );
  const traceState = span['traceState'] ? saidOf(span['traceState'], masks, 512) : null;
  const isOk = recordOf(span['status'])['code'] === STATUS_OK;
  if (events.found.length === 0 && links.found.length === 0 && !dropped && !traceState && !isOk) return shared;
  return {
    ...shared, ...(events.found.length === 0 ? {} : { events: events.found }), ...(links.found.length === 0 ? {} : { links: links.found }),
    ...(dropped && { dropped }), ...(traceState ? { traceState } : {}), ...(isOk ? { isOk } : {}),
  };
}

/** Asked of every span that comes in. */
function isPlain({ events, links, droppedAttributesCount, droppedEventsCount, droppedLinksCount, traceState, status, attributes }: Readonly<Record<string, unknown>>): boolean {
  return !droppedAttributesCount && !droppedEventsCount && !droppedLinksCount && !traceState && listOf(events).length === 0 && listOf(links).length === 0
    && listOf(attributes).length <= LIMITS.attributes && recordOf(status)['code'] !== STATUS_OK;
}

export const flagsOf = (value: unknown): number => countOf(value) & FLAGS;

function eventOf(raw: unknown, masks: Masks): SpanEvent | null {
  const { timeUnixNano, name, attributes, droppedAttributesCount } = recordOf(raw);
  const at = nanosOf(timeUnixNano);
  return at === null ? null : { atNs: String(at), name: saidOf(name, masks, 300) ?? '', attributes: attributesOf(attributes, masks), ...droppedIn(attributes, droppedAttributesCount) };
}

function linkOf(raw: unknown, masks: Masks): SpanLink | null {
  const link = recordOf(raw);
  const [traceId, spanId, flags] = [idOf(link['traceId'], 32), idOf(link['spanId'], 16), flagsOf(link['flags'])];
  if (traceId === null || spanId === null) return null;
  const traceState = saidOf(link['traceState'], masks, 512);
  return {
    traceId, spanId, attributes: attributesOf(link['attributes'], masks), ...(traceState ? { traceState } : {}), ...(flags === 0 ? {} : { flags }),
    ...droppedIn(link['attributes'], link['droppedAttributesCount']),
  };
}

function droppedIn(attributes: unknown, count: unknown): { readonly dropped?: number } {
  const dropped = countOf(count) + Math.max(0, listOf(attributes).length - LIMITS.attributes);
  return dropped === 0 ? {} : { dropped };
}

function droppedOf(attributes: number, events: number, links: number): Dropped | undefined {
  if (attributes + events + links === 0) return undefined;
  return { ...(attributes > 0 && { attributes }), ...(events > 0 && { events }), ...(links > 0 && { links }) };
}

/** The first that are well-formed and fit; all others are counted. */
function fitting<T>(raw: unknown, read: (one: unknown) => T | null): { readonly found: readonly T[]; readonly omitted: number } {
  const list = listOf(raw);
  if (list.length === 0) return NONE;
  const found: T[] = [];
  let bytes = 0;
  for (const each of list.slice(0, MOST.count)) {
    const one = read(each);
    if (one === null) continue;
    bytes += Buffer.byteLength(JSON.stringify(one));
    if (bytes > MOST.bytes) break;
    found.push(one);
  }
  return { found, omitted: list.length - found.length };
}
const NONE = { found: [], omitted: 0 } as const;
