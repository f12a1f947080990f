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
  { name: 'send', about: 'Asks for a deployment and prints every hop of that request, to the mail.', load: async () => (await import('./commands/send.ts')).command },
  { name: 'trace', about: 'Prints one request hop by hop, with what declared each.', load: async () => (await import('./commands/trace.ts')).command },
  { name: 'synth', about: 'Renders the model into synth/<environment>/, or says how synth/ differs from it.', load: async () => (await import('./commands/synth.ts')).command },
  { name: 'check', about: 'Judges manifests, Terraform stacks and release files by every policy, and lists all findings.', load: async () => (await import('./commands/check.ts')).command },
  { name: 'test', about: 'Everything that green means: types, lint, import rules, tests, coverage, synth --check, check, end to end.', load: async () => (await import('./commands/test.ts')).command },
  { name: 'bench', about: 'Measures one thing against its target, with spread and control: synth, up.', load: async () => (await import('./commands/bench.ts')).command },
  { name: 'doctor', about: 'Looks for everything that could stop `up`, and says how to mend it.', load: async () => (await import('./commands/doctor.ts')).command },
  { name: 'reset', about: 'Forgets all data, ports and secrets of this checkout.', load: async () => (await import('./commands/reset.ts')).command },
];
