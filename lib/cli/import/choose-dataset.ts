import type { DatasetPage, DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { apiOf, type Server } from '../api/api';

/** Datasets that are looked through for one that may have been meant. */
const mostLookedAt = 1_000;
const mostNamed = 3;

/** What somebody may have meant has to be as like as this. */
const leastLikeness = 0.4;

/**
 * The dataset that somebody named, by its name (whatever the case), the name in its address, or its id.
 * @returns null where there is none
 * @throws Error where several have that name, or one has it as its name and another in its address
 */
export async function findNamed(server: Server, wanted: string): Promise<DatasetView | null> {
  const query = { named: wanted, limit: 100 };
  const { datasets } = await apiOf(server).get('/datasets', { params: { query } });
  const exact = datasets.find(({ id, slug }) => id === wanted || slug === wanted);
  const named = datasets.filter(({ name }) => name === wanted);
  const others = named.filter((dataset) => dataset !== exact);
  if (exact && others.length > 0) throw new Error(ambiguous(wanted, exact, others));
  if (exact || datasets.length <= 1) return exact ?? datasets[0] ?? null;
  if (named.length === 1) return named[0] ?? null;
  throw new Error(
    `${datasets.length} datasets are called “${wanted}”: ${datasets.map(({ slug }) => slug).join(', ')}. Use one of these instead.`,
  );
}

/** Says which datasets may be meant by one word, and what to type for each: also where all have the same name. */
function ambiguous(wanted: string, exact: DatasetView, others: DatasetView[]): string {
  const ways = [exact, ...others].map(
    ({ name, slug, id }) => `${slug === wanted ? id : slug} for “${name}” (/datasets/${slug})`,
  );
  return `“${wanted}” may mean ${ways.length} datasets. Type ${ways.join(', or ')}.`;
}

/** Says that there is no such dataset, and which ones may have been meant. */
export async function noSuchDataset(server: Server, wanted: string): Promise<string> {
  const there: DatasetView[] = [];
  for (let after: string | null = ''; after !== null && there.length < mostLookedAt; ) {
    const page: DatasetPage = await apiOf(server).get('/datasets', {
      params: { query: { limit: 100, after } },
    });
    there.push(...page.datasets);
    after = page.next;
  }
  const sentence = `There is no dataset “${wanted}”.`;
  if (there.length === 0) return `${sentence} There are no datasets that you may see yet.`;
  const like = there
    .map(({ slug, name }) => ({
      slug,
      name,
      likeness: Math.max(likeness(wanted, slug), likeness(wanted, name)),
    }))
    .filter((dataset) => dataset.likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostNamed);
  const listed = (datasets: { slug: string; name: string }[]) =>
    datasets.map(({ slug, name }) => (slug === name ? slug : `${slug} (“${name}”)`)).join(', ');
  if (like.length > 0) return `${sentence} Did you mean ${listed(like)}?`;
  const more = there.length > mostNamed ? `, and ${there.length - mostNamed} more` : '';
  return `${sentence} There are: ${listed(there.slice(0, mostNamed))}${more}.`;
}

/** From 0 to 1: the share of pairs of neighbouring letters that two names have in common (Dice). */
function likeness(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const rest = [...second];
  const common = first.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / Math.max(1, first.length + second.length);
}

function pairsOf(name: string): string[] {
  const plain = ` ${name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  return Array.from({ length: plain.length - 1 }, (_, i) => plain.slice(i, i + 2));
}
