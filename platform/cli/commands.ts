import type { Command } from './command.ts';

export interface Listed {
  readonly name: string;
  /** The command's own `about`: `help` must not have to import every command. A test keeps the two equal. */
  readonly about: string;
  readonly load: () => Promise<Command>;
}

/** Every command there is, in the order that `help` shows them. */
export const commands: readonly Listed[] = [
  { name: 'up', about: 'Starts everything on this machine and says where it is.', load: async () => (await import('./commands/up.ts')).command },
  { name: 'down', about: 'Stops everything that `up` started, and what a killed runner left behind.', load: async () => (await import('./commands/down.ts')).command },
  { name: 'status', about: 'Shows what runs, where, and how it feels.', load: async () => (await import('./commands/status.ts')).command },
  { name: 'logs', about: 'Shows the logs of one workload or of all.', load: async () => (await import('./commands/logs.ts')).command },
  { name: 'send', about: 'Asks for a deployment, or sends any request, and prints every hop of it.', load: async () => (await import('./commands/send.ts')).command },
  { name: 'journeys', about: 'Lists the requests that came through the gateway, newest first.', load: async () => (await import('./commands/journeys.ts')).command },
  { name: 'trace', about: 'Prints one request hop by hop, with what declared each.', load: async () => (await import('./commands/trace.ts')).command },
  { name: 'deploy', about: 'Asks for a release of one workload, and follows it until that answers.', load: async () => (await import('./commands/deploy.ts')).command },
  { name: 'change', about: 'Asks for another value of a knob, or another size of a workload: always a pull request.', load: async () => (await import('./commands/change.ts')).command },
  { name: 'promote', about: 'Asks for the releases of one environment in the one after it: the same digests travel.', load: async () => (await import('./commands/promote.ts')).command },
  { name: 'pulls', about: 'Lists the open pull requests and who must still approve, then the newest that have ended.', load: async () => (await import('./commands/pulls.ts')).command },
  { name: 'pull', about: 'Shows one pull request: its diff on stdout, with the bytes of `./journey diff`, and all else on stderr.', load: async () => (await import('./commands/pull.ts')).command },
  { name: 'approve', about: 'Approves a pull request of somebody else, at the commit that was looked at.', load: async () => (await import('./commands/approve.ts')).command },
  { name: 'merge', about: 'Merges a pull request that nothing hinders, and follows it until it is real.', load: async () => (await import('./commands/merge.ts')).command },
  { name: 'close', about: 'Closes a pull request without merging it.', load: async () => (await import('./commands/close.ts')).command },
  { name: 'rollback', about: 'Takes a commit of main back: shows what that changes and which hops, asks, then follows it.', load: async () => (await import('./commands/rollback.ts')).command },
  { name: 'history', about: 'Lists what came to main, newest first: who, why, who approved, and what was taken back.', load: async () => (await import('./commands/history.ts')).command },
  { name: 'manifests', about: 'Lists the rendered files of an environment as they are on main; with a path prints that file, and the line of the model behind each object.', load: async () => (await import('./commands/manifests.ts')).command },
  { name: 'drift', about: 'Lists everything in the fleet that is not as main says, with the exact field; ends with 4 when there is any.', load: async () => (await import('./commands/drift.ts')).command },
  { name: 'envs', about: 'Shows every environment: what main says of each workload, and what its engine sees.', load: async () => (await import('./commands/envs.ts')).command },
  { name: 'sync', about: 'Makes an environment what main says, now, and follows it until it is.', load: async () => (await import('./commands/sync.ts')).command },
  { name: 'automatic', about: 'Switches automatic sync: off, commits of main wait until somebody says `sync`; a process that ends is still started again.', load: async () => (await import('./commands/automatic.ts')).command },
  { name: 'holds', about: 'Lists what was taken back, which nothing may bring again until an admin lifts it. With a range: whether that would, by the record in git.', load: async () => (await import('./commands/holds.ts')).command },
  { name: 'lift', about: 'Lifts a hold, so that what was taken back may come again. For admins.', load: async () => (await import('./commands/lift.ts')).command },
  { name: 'traffic', about: 'Sends a steady mix of requests, labelled as demo traffic, so that every chart has something to show; it stops by itself.', load: async () => (await import('./commands/traffic.ts')).command },
  { name: 'fault', about: 'Makes a workload go wrong for a while, on purpose, or lists what is wrong on purpose; it ends by itself.', load: async () => (await import('./commands/fault.ts')).command },
  { name: 'synth', about: 'Renders the model into synth/<environment>/ and synth/argocd/, or says how synth/ differs from it.', load: async () => (await import('./commands/synth.ts')).command },
  { name: 'check', about: 'Judges manifests, Terraform stacks and release files by every policy, and lists all findings.', load: async () => (await import('./commands/check.ts')).command },
  { name: 'diff', about: 'Says what differs between two revisions, as what a person decides about: in Markdown, as pull requests show it.', load: async () => (await import('./commands/diff.ts')).command },
  { name: 'propose', about: 'Makes one change of the model as a commit on no branch: edited, rendered, checked and compared.', load: async () => (await import('./commands/propose.ts')).command },
  { name: 'test', about: 'Everything that green means: types, lint, import rules, tests, coverage, synth --check, check, end to end, drills.', load: async () => (await import('./commands/test.ts')).command },
  { name: 'bench', about: 'Measures one thing against its target, with spread and control: charts, figures, speed, synth, telemetry, telemetry-store, up.', load: async () => (await import('./commands/bench.ts')).command },
  { name: 'drill', about: 'Breaks a whole running site of its own on purpose and judges what its workloads answer: delivery, rollback, incidents, drift, kills, hostile, or all; `incident` breaks what runs here, for you to find out why.', load: async () => (await import('./commands/drill.ts')).command },
  { name: 'doctor', about: 'Looks for everything that could stop `up`, and says how to mend it.', load: async () => (await import('./commands/doctor.ts')).command },
  { name: 'reset', about: 'Forgets all data, ports and secrets of this checkout.', load: async () => (await import('./commands/reset.ts')).command },
];
