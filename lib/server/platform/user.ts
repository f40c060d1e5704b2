import type { Role } from './db/generated/enums';

/** Who is there, as handlers know it. */
export interface User {
  id: string;
  name: string;
  role: Role;
}
