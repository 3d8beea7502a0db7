import { en, type Messages } from "./en";

/**
 * Every text of the page, by language. To add one: copy `en.ts`, translate the values (the type checks that none is
 * missing), and name it here.
 */
const catalogues: Record<string, Messages> = { en };

function choose(wanted: readonly string[]): [string, Messages] {
  for (const tag of wanted) {
    const language = tag.split("-")[0] ?? "";
    const catalogue = catalogues[language];
    if (catalogue !== undefined) return [language, catalogue];
  }
  return ["en", en];
}

const [language, messages] = choose(navigator.languages);

export const m: Messages = messages;

/** The language of the texts; dates and amounts follow the reader's own locale. */
export const textLanguage = language;
