import { sendOpenly } from '@/components/api/client';

/** Starts single sign-on. @returns the provider's address, where the user continues */
export async function beginProviderSignIn(backTo: string): Promise<string> {
  // A route of Better-auth, which the API document does not list.
  const request = new Request('/api/auth/sign-in/social', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      provider: 'oidc',
      callbackURL: backTo,
      errorCallbackURL: '/sign-in',
      disableRedirect: true,
    }),
  });
  const answer: { url: string } = await (await sendOpenly(request)).json();
  return answer.url;
}
