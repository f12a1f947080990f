import { CliError, exit, type Io } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import type { PersonHere } from './person-here.ts';
import { routes, type Environment } from './routes.ts';
import { oneLine } from './table.ts';
import { short } from './words.ts';

export interface Confirming {
  readonly environment: string;
  /** All that the commit changed: it is taken back as a whole. */
  readonly touched: readonly string[];
  readonly commit: string;
  /** `--confirm`. */
  readonly typed: string | undefined;
  readonly yes: boolean;
}

/**
 * Asks whether a commit is to be taken back: by the name of the environment that people depend on, where one is touched; else with yes or no.
 * @returns what goes with the ask; null: no. @throws {CliError} exit 2 when nobody is there to ask
 */
export async function confirmed(io: Io, caller: Caller, { environment, touched, commit, typed, yes }: Confirming, person: PersonHere): Promise<{ readonly confirm?: string } | null> {
  const { environments } = (await call(caller, routes.listEnvironments, 'How changes reach it cannot be read.')).body;
  const guarded = mostGuarded(environments.filter(({ name }) => name === environment || touched.includes(name)));
  const wanted = guarded ?? environment;
  if (typed === wanted) return { confirm: typed };
  if (typed !== undefined) throw new CliError(exit.usage, { what: `"${typed}" is not ${wanted}.`, why: 'The name is typed so that nobody takes another environment back.', fix: `Write \`--confirm ${wanted}\`, or name another environment.` });
  if (yes && guarded === undefined) return {};
  if (!person.there) {
    throw new CliError(exit.usage, {
      what: 'Nobody is there to ask.', why: guarded !== undefined ? `People depend on ${guarded}: a rollback wants its name typed.` : 'A rollback changes what runs, and stdin is no terminal.',
      fix: guarded !== undefined ? `Say it on the command line: \`--confirm ${guarded}\`.` : 'Say so on the command line: `--yes`.',
    });
  }
  if (guarded !== undefined) {
    const answer = await person.asked(io, oneLine(`People depend on ${guarded}. Type its name to take ${short(commit)} back: `));
    return answer === guarded ? { confirm: answer } : null;
  }
  return /^y(es)?$/i.test(await person.asked(io, oneLine(`Take ${short(commit)} back in ${environment}? [y/N] `))) ? {} : null;
}

/** As the service chooses: the one that most people look at. */
function mostGuarded(environments: readonly Pick<Environment, 'name' | 'approvals'>[]): string | undefined {
  const looks = ({ approvals }: Pick<Environment, 'approvals'>) => approvals.release * 100 + approvals.model;
  return environments.filter(({ approvals }) => approvals.release > 0).toSorted((a, b) => looks(b) - looks(a) || (a.name < b.name ? -1 : 1))[0]?.name;
}
