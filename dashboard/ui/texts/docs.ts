export const docsTexts = {
  title: 'Docs', lead: 'The repository’s own documents, as they were when these pages were built.',
  search: 'Find a document', searchHint: 'a word of its title or path', nothing: 'No title or path has this in it.',
  onPage: 'On this page', contents: 'Documents', top: 'Start', glossary: 'Glossary', none: 'This build holds no documents.', noneNext: 'Run node dashboard/build.ts again.',
} as const;

export const glossaryTexts = {
  title: 'Glossary', lead: 'The words of this platform. There are no others.', link: 'Link',
  first: 'Words of this place', all: 'All words', away: 'Put them away',
} as const;

/** Those that the overview speaks in, for a first visit. */
export const firstWords: readonly string[] = ['workload', 'environment', 'release', 'journey', 'hop'];

/** The words of the design, and Argo CD's for sync and health. */
export const words: readonly { readonly word: string; readonly said: string; readonly see?: { readonly href: string; readonly name: string } }[] = [
  { word: 'contract', said: 'What a service needs, with its routes. Pure data, and the service’s only public file.', see: { href: '/api-reference', name: 'The routes of all contracts' } },
  { word: 'workload', said: 'A contract bound to what it needs.', see: { href: '/', name: 'All workloads' } },
  { word: 'backing', said: 'A database, cache, queue, stream, mail server or secret store.' },
  { word: 'provider', said: 'What supplies a backing in one environment: embedded, inCluster, aws, external, or own where its user keeps it itself.' },
  { word: 'reference', said: 'A typed pointer from one workload to what it uses. Holding one is the permission to reach it.' },
  { word: 'knob', said: 'A value that may differ between environments.', see: { href: '/environments', name: 'The knobs of each environment' } },
  { word: 'environment', said: 'Where workloads run: local, dev, staging, production.', see: { href: '/environments', name: 'All environments' } },
  { word: 'release', said: 'Which build of each workload an environment runs.' },
  { word: 'promotion', said: 'A pull request that copies a release forward to the next environment.', see: { href: '/pulls', name: 'Pull requests' } },
  { word: 'journey', said: 'One request’s whole story.', see: { href: '/journeys', name: 'The newest journeys' } },
  { word: 'hop', said: 'One step of a journey: what happened, what declared it, and who decided it.' },
  { word: 'Synced', said: 'What runs is what main says.' },
  { word: 'OutOfSync', said: 'What runs is not what main says.', see: { href: '/drift', name: 'Drift' } },
  { word: 'Healthy', said: 'It runs and is ready.' },
  { word: 'Progressing', said: 'It is on its way to being healthy.' },
  { word: 'Degraded', said: 'It runs, but something is wrong.' },
  { word: 'Suspended', said: 'It was paused on purpose.' },
  { word: 'Missing', said: 'It should run, and it does not.' },
  { word: 'Unknown', said: 'Nobody can tell how it is.' },
];
