'use client';
import { useEffect, useState } from 'react';
import { texts } from './texts.ts';
import { applyTheme, themeOf, themes, type Theme } from './theme.ts';

const signs: Readonly<Record<Theme, string>> = { system: 'M8 2a6 6 0 1 0 0 12zM8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1', light: 'M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M7.3 0h1.4v2.4H7.3zm0 13.6h1.4V16H7.3zM0 7.3h2.4v1.4H0zm13.6 0H16v1.4h-2.4z', dark: 'M10.5 1.2A7 7 0 1 0 15 10 6 6 0 0 1 10.5 1.2' };

/** Three choices, one pressed; kept in a cookie, so that the server paints the right colours at once. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    const look = () => setTheme(themeOf(document.documentElement.dataset['theme']));
    look();
    document.addEventListener('themechange', look);
    return () => document.removeEventListener('themechange', look);
  }, []);
  return (
    <fieldset className="flex rounded border border-white/25">
      <legend className="sr-only">{texts.theme.label}</legend>
      {themes.map((name) => (
        <button key={name} type="button" aria-pressed={theme === name} title={texts.theme[name]} onClick={() => applyTheme(name)}
          className="grid size-8 sm:size-9 place-items-center text-sign-dim hover:text-sign-ink aria-pressed:bg-white/15 aria-pressed:text-sign-ink">
          <svg viewBox="0 0 16 16" className="size-4 fill-current" aria-hidden="true"><path d={signs[name]} /></svg>
          <span className="sr-only">{texts.theme[name]}</span>
        </button>
      ))}
    </fieldset>
  );
}
