import type { Metadata } from 'next';
import { SignInPageScreen } from '@/components/sign-in/sign-in-page-screen';

export const metadata: Metadata = { title: 'Sign in' };

export default function SignInPage() {
  return <SignInPageScreen />;
}
