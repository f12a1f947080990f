/** Reading is blue, changing amber, taking away red; the word says it too. */
export function MethodSign({ method }: { readonly method: string }) {
  const colour = method === 'GET' ? 'text-go' : method === 'DELETE' ? 'text-wrong' : 'text-[var(--health-progressing)]';
  return <span className={`inline-block w-[4.25rem] shrink-0 rounded border-[1.5px] border-current py-0.5 text-center font-mono text-sm leading-tight font-bold ${colour}`}>{method}</span>;
}
