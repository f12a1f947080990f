import { CliError, exit } from '../command.ts';
import type { Folder } from './folder.ts';
import { lastWords } from './last-words.ts';
import { runProcess } from './launch.ts';
import { newLink, type FirstSignIn } from './people.ts';
import { prepare, type LocalModel } from './prepare.ts';
import { envFor, policyFor, urlOfProcess } from './values.ts';

/** A new one-time link, made by the service that keeps the people, in a process like its own. */
export async function signInLink(folder: Folder, model: LocalModel, signal: AbortSignal): Promise<FirstSignIn> {
  const prepared = await prepare(folder, model, process.env);
  const keeper = prepared.plan.processes.find(({ name }) => name === prepared.keys);
  if (!keeper) throw new CliError(exit.model, { what: 'nobody keeps the people', why: `the platform names "${prepared.keys}" for its keys, which is no workload`, fix: 'Correct `standard.keys` in platform/platform.ts.' });
  const command = [...keeper.command, 'bootstrap'];
  const launched = { folder, name: keeper.name, command, env: envFor(keeper, prepared.own), guard: policyFor(prepared.plan, keeper, prepared.own) };
  return newLink({
    dashboard: urlOfProcess('dashboard', 'http', prepared.ports),
    bootstrap: (input) => runProcess({ ...launched, input }, () => lastWords(folder.log(keeper.name)), signal, () => {}),
  });
}
