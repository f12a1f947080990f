const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/**
 * Is a JSON text nested deeper than `most`? Looks at the bytes and stops at the first that is too deep; the text is
 * not parsed, and need not be valid: whoever owns the route judges that. UTF-8 never uses these bytes inside a character.
 */
export function deeperThan(most: number, json: Uint8Array): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPEN.has(byte)) {
      depth += 1;
      if (depth > most) return true;
    } else if (CLOSE.has(byte)) depth -= 1;
  }
  return false;
}
