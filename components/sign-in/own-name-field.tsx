import { LabelledInput } from '@/components/ui/form/labelled-input';

/** The name that a person chooses for themselves. */
export function OwnNameField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <LabelledInput
      label="Your name"
      required
      maxLength={100}
      autoComplete="name"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
