/** Who stands in the commit: git's own variables. The author is the person who asked, the committer is the program. */
export function identityFor(author: string): Readonly<Record<string, string>> {
  const name = plain(author).slice(0, 100).trim() || 'unknown';
  return {
    GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: emailOf(author),
    GIT_COMMITTER_NAME: 'Request-Journey', GIT_COMMITTER_EMAIL: 'deployment@journey.local',
  };
}

/** Without what ends a name or an address in a commit, and what git itself would cut off at either end. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll(/[\s\p{C}<>]+/gu, ' ').replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/gu, '');
}

/** The person's own, or one of ours that can reach nobody (RFC 6762 keeps `.local` off the internet). */
function emailOf(author: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,190}[A-Za-z0-9]$/.test(author)) return author;
  const word = author.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${word || 'unknown'}@journey.local`;
}
