import { shortCommit } from './release-text.ts';

/** Seven figures of a commit; the whole stands in its title. */
export function CommitText({ commit, className = '' }: { readonly commit: string; readonly className?: string }) {
  return <code title={commit} className={`font-mono text-[0.875em] font-bold text-ink ${className}`}>{shortCommit(commit)}</code>;
}
