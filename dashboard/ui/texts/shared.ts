export const modalTexts = { close: 'Close' } as const;

export const fieldTexts = {
  reason: 'Reason', reasonHint: 'Kept in the commit and the audit record', reasonShape: 'At least one letter',
  submit: 'Ask for it', busy: 'Asking…',
} as const;

/** Who may do what; every button that is disabled says one of these. */
export const roleTexts = {
  operator: 'You are a viewer: this needs the role operator.',
} as const;

export const liveTexts = {
  live: 'Live', polling: (seconds: number) => `Asked every ${seconds} s`,
  fixed: 'A fixed time: it does not move.',
  stale: (age: string) => `Connection lost. What you see is ${age} old.`,
} as const;

/** Loaded with every page; all that the keys open has texts of its own (palette.ts). */
export const findTexts = { open: 'Find' } as const;
