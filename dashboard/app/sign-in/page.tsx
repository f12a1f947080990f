import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignIn } from '../../features/session/sign-in.tsx';
import { texts } from '../../ui/texts.ts';

export const metadata: Metadata = { title: texts.session.title };

export default function SignInPage() {
  return <Suspense><SignIn /></Suspense>;
}
