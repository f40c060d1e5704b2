import { z } from 'zod';
import { healthView } from '@/lib/shared/schema/health';
import { visitorView } from '../http/visitor';
import type { Operations } from './operation';

export const server: Operations = {
  '/health': {
    unversioned: true,
    get: {
      summary: 'Whether this server can do its work, and whether there is a worker',
      who: 'anybody',
      answer: healthView.extend({ visitor: visitorView }),
    },
  },
  '/openapi.json': {
    get: {
      summary: 'This document',
      who: 'anybody',
      answer: z.looseObject({ openapi: z.string() }),
    },
  },
};
