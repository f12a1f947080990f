export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** Kept in a browser for long, as is how far its tour has got (features/tour); neither says anything about a person. */
export const themeCookie = 'journey-theme';

export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

/** Sets the colours here, and keeps them for the server. */
export function applyTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  document.cookie = `${themeCookie}=${next}; path=/; max-age=31536000; samesite=lax`;
  document.dispatchEvent(new Event('themechange'));
}

/** From light to dark and back, whatever the system says. */
export function switchTheme(): void {
  const { theme } = document.documentElement.dataset;
  const dark = theme === 'dark' || (theme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  applyTheme(dark ? 'light' : 'dark');
}
