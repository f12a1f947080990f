import { pick, randomOf } from '../drill.ts';
import type { Incident, Kind } from './incident.ts';
import { badKnob } from './kinds/bad-knob.ts';
import { crash } from './kinds/crash.ts';
import { errors } from './kinds/errors.ts';
import { hung } from './kinds/hung.ts';
import { lostMail } from './kinds/lost-mail.ts';
import { memoryLeak } from './kinds/memory-leak.ts';
import { oldVersion } from './kinds/old-version.ts';
import { readinessLie } from './kinds/readiness-lie.ts';
import { shortSessions } from './kinds/short-sessions.ts';
import { slowQuery } from './kinds/slow-query.ts';
import { staleCache } from './kinds/stale-cache.ts';
import { wrongReference } from './kinds/wrong-reference.ts';

/** Everything that can go wrong in a drill, in the order in which a proof goes through it. */
export const kinds: readonly Kind[] = [
  slowQuery, wrongReference, badKnob, crash, errors, readinessLie, memoryLeak, lostMail, staleCache, oldVersion, shortSessions, hung,
];

/** The incident of a seed: always the same one. */
export function incidentOf(seed: number): Incident {
  const random = randomOf(seed);
  return pick(random, kinds).make(random);
}
