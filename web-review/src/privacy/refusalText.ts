import { m } from "../messages";
import { formatDateTime } from "../messages/format";
import { failureText } from "../parts/failureText";
import { Refusal } from "../relay/refusal";

/** Why something may not be erased, in words. `retainUntil`: the end of the document's term, where it is known. */
export function refusalText(error: unknown, retainUntil: string | null): string {
  const reason = error instanceof Refusal ? error.reason : null;
  switch (reason) {
    case "RETAINED_UNTIL":
      return m.privacy.refusal.RETAINED_UNTIL(retainUntil && formatDateTime(retainUntil));
    case "ON_HOLD":
      return m.privacy.refusal.ON_HOLD;
    default:
      return failureText(error);
  }
}
