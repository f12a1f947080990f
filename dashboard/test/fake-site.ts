/** The built dashboard before the fake gateway, for who measures it from outside: says where it is, and ends when its input does. */
import { once } from 'node:events';
import { openSite } from './e2e/site.ts';
import { LARGE } from './fake/large-journey.ts';

const { url, name, password, stop } = await openSite({ JOURNEY_FAKE: '1' });
process.stdout.write(`${JSON.stringify({ url, name, password, largePath: `/journeys/${LARGE}` })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await stop();
