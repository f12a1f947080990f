import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NextConfig } from 'next';

export default {
  poweredByHeader: false,
  typescript: {
    // `./journey test` checks the types; `up` must not wait for it a second time.
    ignoreBuildErrors: true,
  },
  turbopack: { root: packagesRoot() },
  images: { unoptimized: true },
  experimental: {
    // The pages are few: load each when it is asked for, and keep no copy in memory before that.
    preloadEntriesOnStart: false,
    // Its cache keeps failures too: a build that was once stopped would fail for ever.
    turbopackFileSystemCacheForBuild: false,
  },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        // The sign-in link may stand in the address: it must not travel as a referrer.
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
      ],
    },
  ],
} satisfies NextConfig;

/** The folder that really holds `node_modules`: a work tree of another revision may link to the checkout's. */
function packagesRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const packages = realPath(join(folder, 'node_modules', 'next'));
    if (packages) return dirname(dirname(packages));
    if (folder === dirname(folder)) throw new Error('The package "next" is not installed. Fix: npm install');
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
