import { pick } from '../../drill.ts';
import type { Kind } from '../incident.ts';
import { writtenIsRead } from '../probes.ts';

const PATH = 'services/gateway/app.ts';

export const wrongReference: Kind = {
  name: 'wrong-reference',
  about: 'the gateway asks configuration what only auth can answer',
  make(random) {
    const common = { kind: 'wrong-reference', workload: 'gateway', released: true, hop: 'gateway → configuration, which should be gateway → auth' };
    return pick(random, [
      {
        ...common, title: 'Sessions: one endpoint fewer to wait for', why: 'The session is opened with the endpoint that is connected to anyway.',
        edits: [{ path: PATH, from: 'signIn: signIn(sessions, kit.call, AUTH_URL),', to: 'signIn: signIn(sessions, kit.call, CONFIGURATION_URL),' }],
        symptom: 'Nobody can sign in on the dashboard any more. The command line goes on working.',
        async probe(place) {
          const { status } = await place.signIn('sessions');
          return { well: status === 201, seen: `signing in as a browser does is answered with ${status}` };
        },
      },
      {
        ...common, title: 'Ask for decisions where the rules are kept', why: 'Rules are kept by configuration, so that is who knows them.',
        edits: [{ path: PATH, from: 'authorize: authorize(entry, kit.call, AUTH_URL),', to: 'authorize: authorize(entry, kit.call, CONFIGURATION_URL),' }],
        symptom: 'Everything can be looked at, and nobody can change anything any more.',
        probe: writtenIsRead,
      },
    ]);
  },
};
