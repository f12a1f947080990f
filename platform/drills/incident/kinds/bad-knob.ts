import type { Kind, Seen } from '../incident.ts';
import { FREEZE } from '../probes.ts';
import type { Place } from '../place.ts';

/** What a page with a few live parts asks for in a moment. */
const BURST = 40;

export const badKnob: Kind = {
  name: 'bad-knob',
  about: 'the rate limit is what one page needs in a moment, or less',
  make(random) {
    const limit = 8 + Math.floor(random() * 8);
    return {
      kind: 'bad-knob', workload: 'gateway', released: false, title: 'local: a rate limit that means something', why: 'Nobody on a laptop sends so many requests by hand; whoever does is a loop that nobody stopped.',
      edits: [{ path: 'environments/local.ts', from: /\brateLimit: \d+/, to: `rateLimit: ${limit}` }],
      symptom: 'Pages load in parts, and what is missing comes after a reload, or after the second.',
      hop: 'gateway, before anybody behind it is asked: the knob rateLimit', probe: burst,
    };
  },
};

async function burst({ person }: Place): Promise<Seen> {
  await person.ask('GET', FREEZE);
  const answers = await Promise.all(Array.from({ length: BURST }, () => person.ask('GET', FREEZE)));
  const refused = answers.filter(({ status }) => status === 429).length;
  return { well: refused === 0, seen: `${refused} of ${BURST} requests at once were refused (ratelimit-policy: ${answers[0]?.headers.get('ratelimit-policy') ?? 'none'})` };
}
