/** Of globals.css, in the order of the lines. */
export const colours = ['--line-request', '--line-sql', '--line-cache', '--line-message', '--line-mail', '--line-object'] as const;
/** They tell apart what colours do not. */
export const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [12, 4, 2, 4], [5, 5], [1, 4]];
