import { headersForLibrary, loginLibrary } from './better-auth';

/** Ends the session of this browser, if it has one. @returns the headers that take its cookie away */
export async function signOut(request: Request): Promise<Headers> {
  const { headers } = await loginLibrary(request).api.signOut({
    headers: headersForLibrary(request),
    returnHeaders: true,
  });
  return headers;
}
