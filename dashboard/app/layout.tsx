import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { texts } from '../ui/texts.ts';
import { themeCookie, themeOf } from '../ui/theme.ts';
import { Queries } from '../features/queries.tsx';

export const metadata: Metadata = { title: { default: texts.product, template: `%s · ${texts.product}` }, description: texts.about };
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Read on the server, so that the first paint has the right colours.
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" {...(theme !== 'system' && { 'data-theme': theme })}>
      <body>
        <Queries>{children}</Queries>
      </body>
    </html>
  );
}
