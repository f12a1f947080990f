import { textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const imageDigest = rule({
  id: 'image-digest',
  why: 'A tag means another image tomorrow; a digest is the build that was reviewed.',
  fix: 'Name the image as <registry>/<name>@sha256:<64 hexadecimal digits>, from environments/releases/.',
  serves: ['CIS Kubernetes 5.5.1', 'NSA/CISA: Building secure container images'],
  of: containersOf,
  check: ({ on, at, json }) => (/^[^\s@]+@sha256:[0-9a-f]{64}$/.test(textOf(json['image']) ?? '')
    ? [] : [breach(on, [...at, 'image'], `runs ${String(json['image'])}, which has no digest`)]),
});
