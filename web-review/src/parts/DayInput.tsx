import { useId, useState } from "react";
import styles from "./Select.module.css";

/** While a year is typed, the browser tells of the years 2, 20 and 202 too. */
const COMPLETE = /^(19|[2-9]\d)\d\d-/;

/** A day as `YYYY-MM-DD`, by the browser's own calendar; null for none. */
export function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  const id = useId();
  const [given, setGiven] = useState(value);
  const [shown, setShown] = useState(value);
  if (given !== value) {
    setGiven(value);
    setShown(value);
  }
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className={styles.select}
        value={shown ?? ""}
        onChange={(event) => {
          const day = event.target.value || null;
          setShown(day);
          if (day === null || COMPLETE.test(day)) onChange(day);
        }}
      />
    </span>
  );
}
