import type { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { matchHeaders } from '@/lib/shared/columns/match-headers';
import type { Candidate, candidatesShape } from '@/lib/shared/schema/dataset/candidate';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { isOwnColumn, isRejectionsFile } from '@/lib/shared/schema/file/own-columns';
import { importableIds, viewDatasets } from '../find-dataset';

/** Two columns, a name and a date say, are those of many datasets. */
const fewestSame = 3;
/** Of the columns of the file and of the dataset, whichever has more: four of five are nearly the same, three are not. */
const leastShare = 0.75;
/** Datasets that are looked at closely. */
const mostCompared = 50;
const mostCandidates = 3;

/** The datasets into which a person may import that have the columns of a file, or nearly all of them. */
export async function findCandidates(
  { headers }: { headers: string[] },
  user: User,
): Promise<z.infer<typeof candidatesShape>> {
  const columns = headers.map((name) => ({ name }));
  const own = isRejectionsFile(columns) ? headers.filter((name) => !isOwnColumn(name)) : headers;
  if (own.length < fewestSame) return { candidates: [] };
  const ids = await alikeDatasets(own, await importableIds(user));
  const datasets = ids.length > 0 ? await viewDatasets(ids, user) : [];
  const candidates = datasets.flatMap((dataset) => candidateOf(dataset, own) ?? []);
  const latest = await latestImports(candidates.map(({ dataset }) => dataset.id));
  const share = ({ same, missing, extra }: Candidate) => same / (same + Math.max(missing, extra));
  const age = ({ dataset }: Candidate) => latest.get(dataset.id) ?? 0;
  candidates.sort((a, b) => share(b) - share(a) || age(b) - age(a));
  return { candidates: candidates.slice(0, mostCandidates) };
}

/** Of some datasets those with at least half of these columns, by names or synonyms that differ in nothing but case and separators. */
async function alikeDatasets(headers: string[], among: string[]): Promise<string[]> {
  const keys = headers.map((header) => header.toLowerCase().replace(/[\s_.-]+/g, ''));
  const found = await db().$queryRaw<{ id: string }[]>`
    select c."datasetId" as id
    from "Column" c
    where c."datasetId" = any (${among}::uuid[]) and exists (
      select from unnest(c.name || c.synonyms) as known
      where regexp_replace(lower(known), '[[:space:]_.-]+', '', 'g') = any (${keys})
    )
    group by c."datasetId"
    having count(*) * 2 >= ${headers.length}
    order by count(*) desc, c."datasetId" desc
    limit ${mostCompared}`;
  return found.map(({ id }) => id);
}

function candidateOf(dataset: DatasetView, headers: string[]): Candidate | null {
  const matched = matchHeaders(headers, dataset.columns).flatMap((match) =>
    match && (match.how === 'name' || match.how === 'synonym') && match.column !== null ? [match.column] : [],
  );
  const found = new Set(matched);
  const same = found.size;
  const missing = dataset.columns.length - same;
  const extra = headers.length - same;
  const isAlike = same >= fewestSame && same / (same + Math.max(missing, extra)) >= leastShare;
  // Without its key, no row would find its place.
  return isAlike && dataset.key.every((name) => found.has(name)) ? { dataset, same, missing, extra } : null;
}

async function latestImports(datasetIds: string[]): Promise<Map<string | null, number>> {
  if (datasetIds.length < 2) return new Map();
  const latest = await db().import.groupBy({
    by: ['datasetId'],
    where: { datasetId: { in: datasetIds }, status: 'COMPLETED', deletedAt: null },
    _max: { id: true },
  });
  return new Map(latest.map(({ datasetId, _max }) => [datasetId, _max.id ?? 0]));
}
