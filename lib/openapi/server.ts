import { z } from 'zod';
import { visitorView } from '../web/visitor';
import type { Operations } from './operation';

export const server: Operations = {
  '/api/health': {
    get: {
      summary: 'Whether this server can do its work',
      who: 'anybody',
      answer: z.object({ status: z.literal('ok'), visitor: visitorView }),
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
