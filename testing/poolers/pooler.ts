/** What pools connections before a database. */
export interface Pooler {
  /** The database, through it. */
  url: string;
  /** Dies, with every connection, and is there again on its port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
