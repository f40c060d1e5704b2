import { auditFilter, auditPageShape, auditQuery } from '@/lib/shared/schema/audit/audit';
import { purgeInput, purgePreviewShape } from '@/lib/shared/schema/user/deletion';
import {
  changeRoleInput,
  invitationPageShape,
  inviteInput,
  madeInvitationShape,
  removedPageShape,
  usersPageShape,
} from '@/lib/shared/schema/user/users';
import { listInvitationsQuery } from '../identity/invitations/list-invitations';
import { byNameQuery } from '../platform/db/by-name';
import { done, type Operations } from './operation';

export const people: Operations = {
  '/users': {
    get: {
      summary: 'Those with an account, by name, page by page',
      description: '`q` is part of a name or of an e-mail address.',
      who: 'admin',
      query: byNameQuery,
      answer: usersPageShape,
    },
  },
  '/removed-users': {
    get: {
      summary: 'Those whose account was removed, by name, page by page',
      who: 'admin',
      query: byNameQuery,
      answer: removedPageShape,
    },
  },
  '/users/{id}': {
    delete: {
      summary: 'Remove somebody for good',
      description: 'The imports stay, with the name; the datasets become the administrator’s who does it.',
      who: 'admin',
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/users/{id}/purge': {
    get: { summary: 'What would go with somebody', who: 'admin', answer: purgePreviewShape },
    post: {
      summary: 'Delete somebody with all that is theirs, for good',
      description:
        'Account, sessions, tokens, datasets with everybody’s imports into them, and their own imports with rows and files.',
      who: 'admin',
      body: purgeInput,
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/users/{id}/role': {
    put: {
      summary: 'Change somebody’s role',
      who: 'admin',
      body: changeRoleInput,
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/users/{id}/disablement': {
    post: {
      summary: 'Keep somebody out',
      description: 'Ends every session and every API token. Enabled again, the user creates new tokens.',
      who: 'admin',
      answer: done,
      refusals: ['conflict'],
    },
    delete: { summary: 'Let somebody in again', who: 'admin', answer: done },
  },
  '/users/{id}/password-link': {
    post: {
      summary: 'Create a link for a new password',
      who: 'admin',
      status: 201,
      answer: madeInvitationShape,
      refusals: ['conflict'],
    },
  },
  '/invitations': {
    get: {
      summary: 'Links that were not used yet, newest first, page by page',
      who: 'admin',
      query: listInvitationsQuery,
      answer: invitationPageShape,
    },
    post: {
      summary: 'Invite somebody',
      who: 'admin',
      body: inviteInput,
      status: 201,
      answer: madeInvitationShape,
      refusals: ['conflict'],
    },
  },
  '/invitations/{id}': {
    delete: { summary: 'Withdraw an invitation', who: 'admin', answer: done },
  },
  '/audit': {
    get: { summary: 'Who did what, newest first', who: 'admin', query: auditQuery, answer: auditPageShape },
  },
  '/audit/export': {
    get: {
      summary: 'The same as a file',
      who: 'admin',
      query: auditFilter,
      answer: ['text/csv'],
      answerDescription: 'The file: CSV with a header, formulas escaped.',
    },
  },
};
