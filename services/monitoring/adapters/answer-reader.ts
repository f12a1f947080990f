import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { problem } from '../../kit/problem.ts';

let kept: Ajv2020 | undefined;
/** Only what is used of an answer is described: servers of other versions say more. */
const ajv = () => kept ??= new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });

/**
 * Reads what a foreign server answers; one of another form is an error, not an `undefined` somewhere later. Compiled with the first answer: who has no
 * such server does not pay for it. @throws Problem `unavailable` that names the place
 */
export function answerReader<T>(server: string, schema: object): (body: unknown) => T {
  let compiled: ValidateFunction<T> | undefined;
  return (body) => {
    const fits = compiled ??= ajv().compile<T>(schema);
    if (fits(body)) return body;
    const [error] = fits.errors ?? [];
    throw problem('unavailable', `The ${server} answered in a way it should not: ${error?.instancePath ?? ''} ${error?.message ?? 'is wrong'}.`, { at: 'monitoring', fix: `Look whether its URL leads to a ${server} and not to something before it.` });
  };
}
