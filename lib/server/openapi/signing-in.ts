import { z } from 'zod';
import {
  acceptInvitationInput,
  checkedInvitationShape,
  checkInvitationInput,
  makeOwnerInput,
  sessionShape,
  setUpShape,
  signInInput,
} from '@/lib/shared/schema/user/users';
import { done, type Operations } from './operation';

export const signingIn: Operations = {
  '/session': {
    get: {
      summary: 'Who is signed in',
      description: 'Null for nobody. Prolongs the session.',
      who: 'anybody',
      answer: z.object({ session: sessionShape.nullable() }),
    },
    post: {
      summary: 'Sign in',
      who: 'anybody',
      body: signInInput,
      answer: done,
      answerDescription: 'The session’s cookie is set.',
      refusals: ['unauthenticated'],
    },
    delete: { summary: 'Sign out', who: 'anybody', answer: done },
  },
  '/setup': {
    get: { summary: 'Which sign-in options are available', who: 'anybody', answer: setUpShape },
    post: {
      summary: 'Create the owner’s account',
      description: 'Once, with the code that the server printed when it started.',
      who: 'anybody',
      body: makeOwnerInput,
      status: 201,
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/invitations/check': {
    post: {
      summary: 'What a link is for',
      who: 'anybody',
      body: checkInvitationInput,
      answer: checkedInvitationShape,
      refusals: ['not-found'],
    },
  },
  '/invitations/acceptance': {
    post: {
      summary: 'Use a link, and sign in',
      who: 'anybody',
      body: acceptInvitationInput,
      status: 201,
      answer: done,
      refusals: ['not-found', 'conflict'],
    },
  },
};
