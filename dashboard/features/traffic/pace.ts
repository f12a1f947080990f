/** Two a second: every chart moves, and nobody else is held back. */
export const perSecond = 2;
