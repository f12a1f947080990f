/** Every act on an environment; its name stands in the address. */
export const acts = ['deploy', 'scale', 'knob', 'promote', 'sync', 'automatic'] as const;
export type Act = (typeof acts)[number];
