const MAX_DEPTH = 64;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** A JSON text's value, or what is wrong with it: `JSON.parse` keeps the last of two equal keys and says nothing. */
export function parseJson(text: string): { readonly value: unknown; readonly problems: readonly string[] } {
  try {
    const value: unknown = JSON.parse(text);
    return { value, problems: hostileIn(text) };
  } catch (cause) {
    return { value: undefined, problems: [cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : 'not JSON'] };
  }
}

/** Runs over valid JSON only: a string in front of a colon is a key of the innermost object. */
function hostileIn(text: string): string[] {
  const found: string[] = [];
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    if (token === '}' || token === ']') open.pop();
    if (open.length > MAX_DEPTH) return [...found, `nested deeper than ${MAX_DEPTH} levels`];
    if (token === ':') {
      const key = String(JSON.parse(last));
      const keys = open.at(-1);
      if (keys?.has(key)) found.push(`duplicate key ${last}`);
      keys?.add(key);
    }
    last = token;
  }
  return found;
}
