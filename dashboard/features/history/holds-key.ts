/** What is held is asked for again when something is let go. */
export const holdsKey = ['holds'];
