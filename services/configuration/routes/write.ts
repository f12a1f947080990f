import type { Environments } from '../../kit/environments.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Settings } from '../adapters/settings.ts';
import { wrongIn, type Value } from '../domain/setting.ts';
import { mustBeKnown } from './known-environment.ts';
import { nameIn } from './name-in.ts';

export function write(settings: Settings, environments: Environments) {
  return async (request: RouteRequest): Promise<Answer> => {
    const of = nameIn(request);
    const { body, person, traceId } = request;
    if (!person) throw problem('unauthenticated', 'A setting is written by a person.');
    if (!hasValue(body)) throw problem('invalid_body', 'The body has no value.');
    await mustBeKnown(environments, of.environment);
    const errors = wrongIn(of.name, body.value);
    if (errors.length > 0) throw problem('invalid_body', `The value does not fit the setting "${of.name}".`, { errors });
    return { status: 200, body: await settings.write(of, body.value, { person: person.name, traceId }) };
  };
}

function hasValue(body: unknown): body is { readonly value: Value } {
  return typeof body === 'object' && body !== null && 'value' in body && typeof body.value === 'object' && body.value !== null;
}
