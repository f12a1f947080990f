import type { Alone, Drill } from './drill.ts';

interface Named { readonly name: string; readonly about: string }
export type ListedDrill = Named & ({ readonly load: () => Promise<Drill> } | { readonly loadAlone: () => Promise<Alone> });

/** Every drill there is, in the order in which `all` runs them. */
export const drills: readonly ListedDrill[] = [
  { name: 'delivery', about: 'A knob, from the pull request to the rollback, by two people under 50 requests a second, by command and in a browser: none fails, every diff has the same bytes.', load: async () => (await import('./delivery/delivery.ts')).delivery },
  { name: 'rollback', about: 'A release that never becomes ready, one that crashes after 10 s and one that answers 5 % errors take themselves back; good ones stay.', load: async () => (await import('./rollback/rollback.ts')).rollback },
  { name: 'incidents', about: 'Every kind of incident in turn: planted as a commit, not passed before somebody takes it back, passed afterwards.', load: async () => (await import('./incident/incidents.ts')).incidents },
  { name: 'drift', about: 'Kills processes, edits their environment, starts extra ones; each is shown within 10 s with its field and healed within 30 s.', load: async () => (await import('./drift/drift.ts')).drift },
  { name: 'kills', about: 'Kills the deployment service or the runner (SIGKILL) at random moments of releases and knobs: each change is finished or cleanly undone, never half.', load: async () => (await import('./kills/kills.ts')).kills },
  { name: 'hostile', about: 'What an enemy may send, write into a base, or put beside it: nothing of it runs, leaks or changes more than it says.', loadAlone: async () => (await import('./hostile/hostile.ts')).hostile },
];
