import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Remark } from '@/components/ui/remark';
import type { ChangeDraft } from '../draft/use-draft';
import { certain, likeliest, reasonFor } from './candidates';
import type { Target } from './use-target';

/** Where the rows go, in one line, with the reason where Sluice chose it. */
export function TargetWords({ target }: { target: Target }) {
  const { name, chosen, taken, looking, candidates } = target;
  const called = <span className="font-medium text-ink">{name.trim()}</span>;
  if (!name.trim()) return 'Has no name yet';
  if (chosen) {
    const candidate = candidates.find(({ dataset }) => dataset.id === chosen.id);
    return (
      <>
        Into {called} ({formatCountOf(chosen.rows, 'row')}){candidate && `: ${reasonFor(candidate)}`}
      </>
    );
  }
  if (taken) return <>{called}: this name is already used</>;
  return looking ? <>Looking for {called}…</> : <>New dataset {called}</>;
}

/** Takes a dataset that was chosen by its columns back, or takes it again. */
export function TargetAction({ target, choose }: { target: Target; choose: ChangeDraft }) {
  const { chosen, taken, looking, candidates, newName } = target;
  if (chosen) {
    const isCandidate = candidates.some(({ dataset }) => dataset.id === chosen.id);
    return (
      isCandidate && (
        <Button size="sm" onClick={() => choose({ dataset: newName, into: null })}>
          New dataset instead
        </Button>
      )
    );
  }
  const likely = certain(candidates);
  if (taken || looking || !likely) return null;
  const { id, name } = likely.dataset;
  return (
    <Button size="sm" onClick={() => choose({ dataset: name, into: id })}>
      <span className="max-w-64 truncate">Into {name} instead</span>
    </Button>
  );
}

/** Datasets have the columns of the file or nearly so, and only a person knows whether, and which, is meant. */
export function TargetQuestion({ target, choose }: { target: Target; choose: ChangeDraft }) {
  const { chosen, taken, candidates } = target;
  const [first] = candidates;
  if (chosen || taken || !first || certain(candidates)) return null;
  const likely = likeliest(candidates);
  const offered = likely ? [likely] : candidates;
  return (
    <Remark
      title={
        likely
          ? `Does it belong to “${likely.dataset.name}”? There, ${reasonFor(likely)}.`
          : `${candidates.length} datasets fit: ${reasonFor(first).replace('its', 'their')}. Does it belong to one of them?`
      }
      action={
        <span className="flex flex-wrap gap-2">
          {offered.map(({ dataset: { id, name } }) => (
            <Button key={id} size="sm" onClick={() => choose({ dataset: name, into: id })}>
              <span className="max-w-48 truncate">Into {name}</span>
            </Button>
          ))}
        </span>
      }
    />
  );
}
