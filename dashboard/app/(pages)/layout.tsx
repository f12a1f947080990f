import { Suspense, type ReactNode } from 'react';
import { Station } from '../../features/session/station.tsx';

export default function PagesLayout({ children }: { readonly children: ReactNode }) {
  return <Suspense><Station>{children}</Station></Suspense>;
}
