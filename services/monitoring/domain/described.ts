import { countOf, LIMITS, listOf, recordOf } from './otlp.ts';
import type { Attributes, Described } from './span.ts';
import { textOf } from './text.ts';

/** A resource or a scope in as many bytes as may be; attributes that do not fit are counted. @param raw as it was sent */
export function describedOf({ raw, attributes, schema, name, version }: { readonly raw: unknown; readonly attributes: Attributes; readonly schema: unknown; readonly name?: string; readonly version?: string }, mostBytes: number): Described {
  const { attributes: list, droppedAttributesCount } = recordOf(raw);
  let bytes = 0;
  const all = Object.entries(attributes);
  const kept = all.filter((entry) => (bytes += Buffer.byteLength(JSON.stringify(entry))) <= mostBytes);
  const dropped = countOf(droppedAttributesCount) + all.length - kept.length + Math.max(0, listOf(list).length - LIMITS.attributes);
  const address = textOf(schema, 300);
  return {
    ...(name ? { name } : {}), ...(version ? { version } : {}), ...(kept.length === 0 ? {} : { attributes: Object.fromEntries(kept) }),
    ...(dropped === 0 ? {} : { dropped }), ...(address ? { schema: address } : {}),
  };
}
