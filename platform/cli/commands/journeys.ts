import { monitoring } from '../../../services/monitoring/contract.ts';
import type { AnswerOf } from '../../../services/kit/contract.ts';
import { exit, type Command, type Io } from '../command.ts';
import { callerOf, signInOptions, textOf, wholeOf } from '../delivery/options.ts';
import { aligned, type Row } from '../delivery/table.ts';
import { ago, counted } from '../delivery/words.ts';
import { call } from '../journey/call.ts';

type Summary = AnswerOf<typeof monitoring.routes.journeys>['journeys'][number];

export const command: Command = {
  name: 'journeys',
  about: 'Lists the requests that came through the gateway, newest first.',
  example: './journey journeys --service notification --failed --longer-than 250',
  options: [
    { flags: '--service <name>', about: 'only those that came by it' },
    { flags: '--failed', about: 'only those that failed' },
    { flags: '--longer-than <ms>', about: 'only those that took as long, in milliseconds' },
    { flags: '--text <text>', about: 'only those with it in a hop or a log line; case matters' },
    { flags: '--before <next>', about: 'only older ones: the `next` of the answer before' },
    { flags: '-n, --limit <count>', about: 'how many, 1 to 200 (default: 20)' },
    ...signInOptions,
  ],
  async run(io, _args, options) {
    const longer = textOf(options, 'longerThan');
    const query = {
      service: textOf(options, 'service'), text: textOf(options, 'text'), before: textOf(options, 'before'), status: options['failed'] === true ? 'error' : undefined,
      minMs: longer === undefined ? undefined : String(wholeOf(longer, '--longer-than', 999_999_999)), limit: String(wholeOf(textOf(options, 'limit') ?? '20', '--limit', 200, 1)),
    };
    const { body } = await call(await callerOf(io, options), monitoring.routes.journeys, 'The journeys cannot be read.', { query });
    if (io.json) io.emit(body);
    else for (const line of aligned(body.journeys.map((journey) => rowOf(io, journey)))) io.print(line);
    if (body.journeys.length === 0) io.tell('No journey fits: ask for less, or make one with `./journey send`.');
    else io.tell(`One of them hop by hop: \`./journey trace <id>\`.${body.next === null ? '' : ` Older ones: add \`--before ${body.next}\`.`}`);
    return exit.ok;
  },
};

function rowOf({ style }: Pick<Io, 'style'>, { traceId, name, startedAt, durationMs, hops, status, demo }: Summary): Row {
  const failed = status === 'error';
  return [traceId, `${ago(new Date(startedAt).toISOString())} ago`, { text: failed ? 'failed' : 'ok', paint: failed ? style.bad : style.good }, `${durationMs.toFixed(1)} ms`, counted(hops, 'hop'), demo ? 'demo' : '', { text: name, paint: style.bold }];
}
