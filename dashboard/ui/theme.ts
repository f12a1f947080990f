export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** The only thing the dashboard itself keeps in a browser; it says nothing about a person. */
export const themeCookie = 'journey-theme';

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}
