import { CliError, exit } from '../../command.ts';
import { didYouMean } from '../../spelling.ts';
import type { ReleaseChange } from '../proposal.ts';
import { readReleases, withReleases } from './release-file.ts';

/**
 * `environments/releases/<environment>.json` with one other entry. What an image was built from is not carried over to another image.
 * @throws {CliError} exit 2 for a workload or a kind of release that the environment does not have
 */
export function editRelease(text: string, { environment, workload, release }: ReleaseChange): string {
  const file = readReleases(environment, text);
  const current = file.entries.get(workload);
  if (!current) throw unknownWorkload(environment, workload, [...file.entries.keys()]);
  const isImage = release.startsWith('sha256:');
  if (isImage !== (file.of === 'images')) {
    throw new CliError(exit.usage, {
      what: `"${environment}" cannot run ${isImage ? 'an image' : 'a git revision'}.`,
      why: isImage ? 'It is a laptop: it runs the sources of a git revision.' : 'It is a cluster: it runs images, which are named by their digests.',
      fix: isImage ? 'Name `worktree` or a full git revision of 40 hexadecimal digits.' : 'Name `sha256:` and 64 hexadecimal digits.',
    });
  }
  const key = isImage ? 'image' : 'revision';
  return current[key] === release ? text : withReleases(file, new Map([[workload, { [key]: release }]]));
}

export function unknownWorkload(environment: string, workload: string, known: readonly string[]): CliError {
  return new CliError(exit.usage, {
    what: `"${environment}" has no workload "${workload}".`, why: `It has ${known.join(', ')}.`, fix: didYouMean(workload, known) ?? 'Name one of them.',
  });
}
