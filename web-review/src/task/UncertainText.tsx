import styles from "./FieldCard.module.css";

/** Below this a character is marked for a second look. Parts per million. */
const SURE = 900_000;

/** The characters the reader was unsure of, each with its place among all. */
export function uncertainCharacters(text: string, confidences: readonly number[]): { at: number; character: string }[] {
  const characters = Array.from(text);
  // A value that was cut or joined after reading has no confidence of each character.
  if (characters.length !== confidences.length) return [];
  return characters.flatMap((character, at) =>
    (confidences[at] ?? SURE) < SURE && character !== " " ? [{ at, character }] : [],
  );
}

/** Lies under the text of the input, of the same size and breaks, and draws only the marks. */
export function UncertainText({ text, confidences }: { text: string; confidences: readonly number[] }) {
  const unsure = new Set(uncertainCharacters(text, confidences).map(({ at }) => at));
  if (unsure.size === 0) return null;
  return (
    <span className={styles.mirror} aria-hidden="true">
      {Array.from(text).map((character, at) =>
        unsure.has(at) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what is marked
          <mark key={at}>{character}</mark>
        ) : (
          character
        ),
      )}
    </span>
  );
}
