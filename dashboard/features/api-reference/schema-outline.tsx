import type { JsonSchema } from '../../api/openapi.ts';
import { isRecord } from '../../api/problem.ts';
import { apiTexts as said } from '../../ui/texts/api-reference.ts';

const deepest = 6;

/** A JSON Schema as a list of members, with their types and limits. */
export function SchemaOutline({ schema, left = deepest }: { readonly schema: JsonSchema; readonly left?: number }) {
  const inner = schema['type'] === 'array' && isRecord(schema['items']) ? schema['items'] : schema;
  const properties = isRecord(inner['properties']) ? Object.entries(inner['properties']) : [];
  const required = Array.isArray(inner['required']) ? inner['required'] : [];
  if (properties.length === 0) return <p className="text-sm text-dim">{typeOf(schema)}{limitsOf(schema)}</p>;
  if (left === 0) return <p className="text-sm text-dim">{said.more}</p>;
  return (
    <ul className="border-l-2 border-rule pl-3 text-sm">
      {properties.map(([name, member]) => isRecord(member) && (
        <li key={name} className="py-0.5 [overflow-wrap:anywhere]">
          <code className="font-mono font-bold">{name}</code> <span className="text-dim">{typeOf(member)}{required.includes(name) ? '' : `, ${said.optional}`}{limitsOf(member)}</span>
          {hasMembers(member) && <SchemaOutline schema={member} left={left - 1} />}
        </li>
      ))}
    </ul>
  );
}

/** In words: `text`, `list of objects`, `text or null`. */
export function typeOf({ type, enum: among, items, properties }: JsonSchema): string {
  if (Array.isArray(among)) return among.map(String).join(' | ');
  if (type === 'array') return `${said.listOf} ${isRecord(items) ? typeOf(items) : 'anything'}`;
  if (type === 'object') return isRecord(properties) ? 'object' : said.anyObject;
  return [type ?? 'anything'].flat().map((each) => (each === 'string' ? 'text' : String(each))).join(' or ');
}

export function limitsOf({ minLength, maxLength, minimum, maximum, pattern, format, maxItems }: JsonSchema): string {
  const range = (from: unknown, to: unknown, what: string) => (from === undefined && to === undefined ? '' : `${from === undefined ? 'at most' : `${String(from)} to`} ${to === undefined ? 'any' : String(to)}${what}`);
  const limits = [range(minLength, maxLength, ' characters'), range(minimum, maximum, ''), range(undefined, maxItems, ' of them'), format === undefined ? '' : String(format), pattern === undefined ? '' : String(pattern)].filter(Boolean);
  return limits.length === 0 ? '' : `; ${limits.join('; ')}`;
}

function hasMembers(schema: JsonSchema): boolean {
  const inner = schema['type'] === 'array' && isRecord(schema['items']) ? schema['items'] : schema;
  return isRecord(inner['properties']) && Object.keys(inner['properties']).length > 0;
}
