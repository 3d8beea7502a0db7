import { m } from "../messages";
import { TextInput } from "../parts/TextInput";

/** Why something is done to a document or a person; the record keeps it. */
export function ReasonInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      autoFocus
      rows={2}
      maxLength={500}
      label={m.privacy.reason}
      hint={m.privacy.reasonHint}
      value={value}
      onChange={onChange}
      validate={(text) => text.trim() !== "" || m.privacy.reasonNeeded}
    />
  );
}
