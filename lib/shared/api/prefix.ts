/**
 * Where this version of the API lives. Outside of it stand `/api/health`, which platforms ask, and `/api/auth`, which is
 * better-auth's own and known to providers of single sign-on.
 */
export const apiPrefix = '/api/v1';
