import { exit, type Command } from '../command.ts';
import { callerOf, signInOptions } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { aligned } from '../delivery/table.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'drift',
  about: 'Lists everything in the fleet that is not as main says, with the exact field; ends with 4 when there is any.',
  example: './journey drift',
  options: signInOptions,
  async run(io, _args, options) {
    const { style } = io;
    const { body } = await call(await callerOf(io, options), routes.listDrift, 'The drift cannot be read.');
    if (io.json) io.emit(body);
    else {
      const rows = body.drift.map(({ environment, workload, field, desired, live }) => [environment, { text: workload, paint: style.bold }, { text: field, paint: style.warn }, `should be ${desired}`, `is ${live}`]);
      const healed = (body.healed ?? []).map(({ environment, workload, field, desired, live }) => [{ text: environment, paint: style.dim }, { text: workload, paint: style.dim }, { text: field, paint: style.dim }, { text: `is ${desired} again`, paint: style.dim }, { text: `was ${live}`, paint: style.dim }]);
      for (const line of aligned([...rows, ...healed, ...body.unwatched.map(({ environment, why }) => [{ text: environment, paint: style.dim }, { text: why, paint: style.dim }])])) io.print(line);
    }
    if (body.drift.length === 0) io.tell('Everything that is watched is as main says.');
    return body.drift.length === 0 ? exit.ok : exit.unhealthy;
  },
};
