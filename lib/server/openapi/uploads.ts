import {
  signedPartsShape,
  signPartsInput,
  storedPartsQuery,
  uploadStateShape,
} from '@/lib/shared/schema/file/upload';
import { importShape } from '@/lib/shared/schema/import/import';
import { correctionShape } from '@/lib/shared/schema/review/correction';
import type { Operations } from './operation';

const parts = {
  get: {
    summary: 'How an interrupted upload goes on',
    description: 'A fresh address for a file in one piece, or the parts that are up already.',
    who: 'imports:write',
    query: storedPartsQuery,
    answer: uploadStateShape,
    refusals: ['bad-request', 'conflict', 'too-many-requests'],
  },
  post: {
    summary: 'Signed addresses for some parts',
    description: 'Each for a PUT of one part of exactly its size, within 15 minutes.',
    who: 'imports:write',
    body: signPartsInput,
    answer: signedPartsShape,
    refusals: ['conflict'],
  },
} satisfies Operations[string];

export const uploads: Operations = {
  '/imports/{id}/upload/parts': parts,
  '/imports/{id}/upload/completion': {
    post: {
      summary: 'End the upload',
      description:
        'Verifies that the file is there as announced, all of its parts, and has its head read; the import is MAPPING then. Said again, it answers the same.',
      who: 'imports:write',
      answer: importShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/corrections/{correctionId}/upload/parts': parts,
  '/imports/{id}/corrections/{correctionId}/upload/completion': {
    post: {
      summary: 'End the upload of a file of corrected rows',
      description:
        'Verifies that the file is there as announced, all of its parts, and has its head read; then its import takes the rows in. Said again, it answers the same.',
      who: 'imports:write',
      answer: correctionShape,
      refusals: ['conflict'],
    },
  },
  '/imports/{id}/corrections/{correctionId}/cancellation': {
    post: {
      summary: 'Cancel the upload of a file of corrected rows',
      description: 'Until its import has it. Said again, it answers the same.',
      who: 'imports:write',
      answer: correctionShape,
      refusals: ['conflict'],
    },
  },
};
