import { z } from 'zod';
import type { Operations } from './operation';

export const server: Operations = {
  '/api/health': {
    get: {
      summary: 'Whether this server can do its work',
      who: 'anybody',
      answer: z.object({ status: z.literal('ok') }),
    },
  },
  '/api/openapi.json': {
    get: {
      summary: 'This document',
      who: 'anybody',
      answer: z.looseObject({ openapi: z.string() }),
    },
  },
};
