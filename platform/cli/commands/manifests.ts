import { exit, type Command } from '../command.ts';
import { callerOf, signInOptions, textOf } from '../delivery/options.ts';
import { routes } from '../delivery/routes.ts';
import { aligned } from '../delivery/table.ts';
import { call } from '../journey/call.ts';

export const command: Command = {
  name: 'manifests',
  arguments: '<environment> [path]',
  about: 'Lists the rendered files of an environment as they are on main; with a path prints that file, and the line of the model behind each object.',
  example: './journey manifests production kubernetes/gateway/deployment.yaml',
  options: [{ flags: '--commit <commit>', about: 'as they were at this commit of main; all 40 digits' }, ...signInOptions],
  async run(io, [environment = '', path], options) {
    const query = { path, commit: textOf(options, 'commit') };
    const { body } = await call(await callerOf(io, options), routes.listManifests, 'The manifests cannot be read.', { params: { environment }, query });
    if (io.json) io.emit(body);
    else if (body.text === undefined) for (const file of body.files ?? []) io.print(file);
    else io.print(body.text.replace(/\n$/, ''));
    const behind = (body.objects ?? []).map(({ object, line, declaredAt }) => [`line ${line}`, object, declaredAt]);
    for (const line of aligned(behind)) io.tell(line);
    io.tell(`As it is on main at ${body.commit}.`);
    return exit.ok;
  },
};
