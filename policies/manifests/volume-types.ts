import { entriesOf, listOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

const allowed = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

export const volumeTypes = rule({
  id: 'volume-types',
  why: 'Other volume types reach storage of the node or of the network without a claim that somebody granted.',
  fix: `Use one of ${allowed.join(', ')}.`,
  serves: ['Pod Security Standards, Restricted: Volume Types', 'NSA/CISA: Pod security enforcement'],
  of: podsOf,
  check: ({ on, at, spec }) => listOf(spec['volumes']).flatMap((volume, i) => entriesOf(volume)
    .filter(([key]) => key !== 'name' && key !== 'hostPath' && !allowed.includes(key)) // hostPath has a rule of its own
    .map(([key]) => breach(on, [...at, 'volumes', i, key], `is a volume of the type ${key}`))),
});
