/** Digests and revisions by their first twelve digits: nobody compares more by eye. */
export function short(text: string): string {
  return text.replace(/\bsha256:[0-9a-f]{64}\b/g, (digest) => digest.slice(0, 'sha256:'.length + 12)).replace(/\b[0-9a-f]{40}\b/g, (revision) => revision.slice(0, 12)).replace(/(?<=.{200}).{20,}$/su, '…');
}

/** `1 change`, `3 changes`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `a, b and c`. */
export function and(words: readonly string[]): string {
  return words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
