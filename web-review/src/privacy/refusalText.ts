import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { failureText } from "../parts/failureText";
import { Refusal } from "../relay/refusal";

const TIME = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/;

/** Why somebody or something may not be erased, in words and with the day from which on it may. */
export function refusalText(error: unknown, what: "document" | "person"): string {
  const words = m.privacy.refusal[what];
  const { reason, message } = error instanceof Refusal ? error : { reason: null, message: "" };
  switch (reason) {
    case "RETAINED_UNTIL": {
      const until = TIME.exec(message)?.[0];
      return words.RETAINED_UNTIL(until === undefined ? m.privacy.refusal.later : formatDateTime(until));
    }
    case "ON_HOLD":
      return words.ON_HOLD;
    case "ERASED":
      return m.privacy.refusal.ERASED;
    default:
      return failureText(error);
  }
}
