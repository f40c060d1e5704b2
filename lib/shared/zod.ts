import { z } from 'zod';

// Before the first schema of whatever a browser loads: zod would try whether it may compile code, which the pages'
// policy forbids and the browser reports.
z.config({ jitless: true });

/** zod, for what pages and server share. */
export { z };
