/** `worktree`, the first seven of a commit, the first eight of a digest: as short as git and registries show them. */
export function shortRelease(release: string): string {
  if (/^[0-9a-f]{40}$/.test(release)) return shortCommit(release);
  const digest = /sha256:([0-9a-f]{8})[0-9a-f]*$/.exec(release)?.[1];
  return digest ? `sha256:${digest}` : release;
}

/** The same for narrow places, a digest as images are written: `gateway@61757468`. */
export function compactRelease(release: string): string {
  return shortRelease(release).replace(/^sha256:/, '@');
}

export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** Nothing was built for it yet: nothing to deploy and nothing to promote (platform/decisions/0010). */
export function isUnbuilt(release: string): boolean {
  return release === 'unbuilt' || release === '';
}
