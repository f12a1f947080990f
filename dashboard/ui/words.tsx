/** What stands between backticks is code. */
export function Words({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index} className="font-mono text-[0.875em] font-bold">{part}</code> : part));
}
