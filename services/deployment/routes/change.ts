import type { Handlers } from '../../kit/kit.ts';
import { instead } from '../../kit/nearest.ts';
import { problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import { isModelAsk, modelChangeOf, type ModelAsk } from '../domain/asks.ts';
import { kindOf, type Journey } from '../domain/declared.ts';
import type { Change } from '../domain/proposal.ts';
import type { Ways } from '../ways.ts';
import { taken } from './ask.ts';
import { mustBeEnvironment, mustBeWorkload } from './known.ts';

/** POST /v1/changes. */
export function change(ways: Ways): Handlers<typeof deployment>['change'] {
  return async (call) => {
    const { body: ask } = call;
    if (!isModelAsk(ask)) throw problem('invalid_body', 'Send either knob and value, or workload and replicas (and most).', { fix: 'One request changes one thing.' });
    return taken(ways, call, { action: 'deployment.change', ask, change: () => changeOf(ways, ask) });
  };
}

async function changeOf({ repository }: Ways, ask: ModelAsk): Promise<Change> {
  const { environment } = ask;
  const journey = await mustBeEnvironment(repository, await repository.tip(), environment);
  if ('knob' in ask) mustFitKnob(journey, ask.knob, ask.value);
  else {
    mustBeWorkload(journey, environment, ask.workload);
    if (ask.most !== undefined && kindOf(journey) === 'source') throw problem('invalid_body', `${environment} has no autoscaler.`, { fix: 'Leave `most` out.' });
    if (ask.most !== undefined && ask.most < ask.replicas) throw problem('invalid_body', `The most, ${String(ask.most)}, is less than ${String(ask.replicas)}.`, { fix: 'Send `most` of at least `replicas`.' });
  }
  return modelChangeOf(ask);
}

function mustFitKnob({ knobs }: Journey, name: string, value: string | number): void {
  const knob = knobs.find((one) => one.name === name);
  if (knob === undefined) throw problem('invalid_body', `There is no knob "${name}".`, { fix: instead(name, knobs.map((one) => one.name)) });
  if (typeof knob.value !== typeof value) {
    const wanted = typeof knob.value === 'number' ? 'a number' : 'a text';
    throw problem('invalid_body', `${name} is ${wanted}, such as ${JSON.stringify(knob.value)}.`, { fix: `Send ${wanted}.` });
  }
}
