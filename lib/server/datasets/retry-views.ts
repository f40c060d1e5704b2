import { z } from 'zod';
import { db } from '../platform/db/client';

/** A dataset's SQL view that shows the columns which the dataset had before. */
export interface StaleView {
  dataset: string;
  /** Its name in the schema `datasets`. */
  view: string;
  /** What others built on it: as long as that is there, PostgreSQL takes no column from it. */
  builders: string[];
}

const found = z.array(z.object({ dataset: z.string(), view: z.string(), builders: z.array(z.string()) }));

/** The SQL views that could not follow the columns of their datasets so far. */
export async function staleViews(): Promise<StaleView[]> {
  return found.parse(
    await db().$queryRaw`select "dataset"::text, "view", "builders" from "staleDatasetViews"()`,
  );
}

/** Makes them anew, one by one. What is still in the way stays in the way, until the next time. */
export async function retryViews(): Promise<void> {
  for (const { dataset } of await staleViews()) {
    await db().$executeRaw`select "refreshDatasetView"(${dataset}::uuid)`;
  }
}
