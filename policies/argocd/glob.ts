/**
 * A pattern as Argo CD reads it in `directory.include` and in projects (github.com/gobwas/glob without separators): a star matches
 * anything, slashes too; braces hold alternatives. Null for one that cannot be read, which Argo CD takes for one that matches nothing.
 */
export function globOf(pattern: string): RegExp | null {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '\\') source += quoted(pattern.charAt(i += 1));
    else if (char === '*') source += '[^]*';
    else if (char === '?') source += '[^]';
    else if (char === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end === -1) return null;
      source += `[${pattern.slice(i + 1, end).replace(/^!/, '^').replace(/[\\[\]]/g, '\\$&')}]`;
      i = end;
    } else if (char === '{') {
      source += '(?:';
      depth += 1;
    } else if (char === '}') {
      source += ')';
      depth -= 1;
    } else source += char === ',' && depth > 0 ? '|' : quoted(char);
    if (depth < 0) return null;
  }
  return depth === 0 ? new RegExp(`^${source}$`) : null;
}

/** Does it match more than itself? */
export const isPattern = (text: string): boolean => /[*?[\]{}!]/.test(text);

const quoted = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
