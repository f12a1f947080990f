/** Apart from the other texts of alerts: every page has it. */
export const badgeTexts = { fire: 'fire, and nobody looks after them' } as const;
