import { z } from 'zod';
import {
  importShape,
  signPartsInput,
  singleUploadShape,
  storedPartsQuery,
} from '@/lib/shared/schema/imports';
import type { Operations } from './operation';

const part = { partNumber: z.int(), size: z.int() };

export const uploads: Operations = {
  '/api/imports/{id}/upload/parts': {
    get: {
      summary: 'How an interrupted upload goes on',
      description: 'A fresh address for a file in one piece, or the parts that are up already.',
      who: 'imports:write',
      query: storedPartsQuery,
      answer: z.discriminatedUnion('kind', [
        singleUploadShape,
        z.object({
          kind: z.literal('multipart'),
          partSize: z.int(),
          partCount: z.int(),
          parts: z.array(z.object(part)),
          next: z.int().nullable().describe('Pass as `after` for more of them; null at the end.'),
        }),
      ]),
      refusals: ['bad-request', 'conflict', 'too-many-requests'],
    },
    post: {
      summary: 'Signed addresses for some parts',
      description: 'Each for a PUT of one part of exactly its size, within 15 minutes.',
      who: 'imports:write',
      body: signPartsInput,
      answer: z.object({ parts: z.array(z.object({ ...part, url: z.url() })) }),
      refusals: ['conflict'],
    },
  },
  '/api/imports/{id}/upload/completion': {
    post: {
      summary: 'End the upload',
      description:
        'Verifies that the file is there as announced, all of its parts, and has its head read; the import is MAPPING then. Said again, it answers the same.',
      who: 'imports:write',
      answer: importShape,
      refusals: ['conflict'],
    },
  },
};
