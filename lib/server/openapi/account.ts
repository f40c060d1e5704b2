import { z } from 'zod';
import {
  browserShape,
  changePasswordInput,
  madeTokenShape,
  makeTokenInput,
  renameInput,
  tokenShape,
} from '@/lib/shared/schema/user/users';
import { done, type Operations } from './operation';

export const account: Operations = {
  '/account': {
    put: { summary: 'Change one’s name', who: 'session', body: renameInput, answer: done },
  },
  '/account/password': {
    put: {
      summary: 'Change one’s password',
      description: 'Signs every other browser out, and revokes all API tokens unless `keepTokens` is true.',
      who: 'session',
      body: changePasswordInput,
      answer: done,
    },
  },
  '/account/sessions': {
    get: {
      summary: 'Where one is signed in',
      who: 'session',
      answer: z.object({ sessions: z.array(browserShape) }),
    },
    delete: { summary: 'Sign every other browser out', who: 'session', answer: done },
  },
  '/account/sessions/{id}': {
    delete: { summary: 'Sign a browser out', who: 'session', answer: done },
  },
  '/account/tokens': {
    get: {
      summary: 'One’s API tokens',
      who: 'session',
      answer: z.object({ tokens: z.array(tokenShape) }),
    },
    post: {
      summary: 'Create an API token',
      who: 'session',
      body: makeTokenInput,
      refusals: ['conflict'],
      status: 201,
      answer: madeTokenShape,
    },
  },
  '/account/tokens/{id}': {
    delete: { summary: 'Revoke an API token', who: 'session', answer: done },
  },
};
