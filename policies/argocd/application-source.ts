import { entriesOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication, sourcesOf } from './application.ts';

const KNOWN = ['repoURL', 'targetRevision', 'path', 'directory'];
const IN_DIRECTORY = ['recurse', 'include', 'exclude'];

export const applicationSource = rule({
  id: 'application-source',
  why: 'What is rendered inside Argo CD (a chart, an overlay, a plugin, Jsonnet) is not what was reviewed, and a plugin runs programs there.',
  fix: 'Name a folder of synth/ with repoURL, targetRevision, path and directory, and nothing else.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: ({ manifests }) => manifests.filter(isApplication).flatMap((on) => sourcesOf(on).map((source) => ({ on, source }))),
  check: ({ on, source: { at, json } }) => {
    const extra = entriesOf(json).map(([key]) => key).filter((key) => !KNOWN.includes(key));
    const below = entriesOf(entriesOf(json).find(([key]) => key === 'directory')?.[1]).map(([key]) => key).filter((key) => !IN_DIRECTORY.includes(key));
    return [...extra.map((key) => breach(on, [...at, key], 'renders, or reads from elsewhere')), ...below.map((key) => breach(on, [...at, 'directory', key], 'renders'))];
  },
});
