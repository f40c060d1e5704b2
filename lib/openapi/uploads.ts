import { z } from 'zod';
import { completeUploadInput, importShape, recordPartsInput, signPartsInput } from '../imports/contract';
import { done, type Operations } from './operation';

const part = { partNumber: z.int(), size: z.int() };

export const uploads: Operations = {
  '/api/imports/{id}/upload/parts': {
    get: {
      summary: 'How an interrupted upload goes on',
      description: 'A fresh address for a file in one piece, or the parts that are up already.',
      who: 'imports:write',
      answer: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('single'), url: z.url() }),
        z.object({
          kind: z.literal('multipart'),
          partSize: z.int(),
          partCount: z.int(),
          parts: z.array(z.object({ ...part, etag: z.string() })),
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
    put: {
      summary: 'Note parts that are up',
      description:
        'Some stores cannot tell which parts they have: this is how an upload goes on after a reload.',
      who: 'imports:write',
      body: recordPartsInput,
      answer: done,
      refusals: ['conflict'],
    },
  },
  '/api/imports/{id}/upload/completion': {
    post: {
      summary: 'End the upload',
      description:
        'Verifies that the file is there as announced, and has its head read; the import is MAPPING then. Said again, it answers the same.',
      who: 'imports:write',
      body: completeUploadInput,
      answer: importShape,
      refusals: ['conflict'],
    },
  },
};
