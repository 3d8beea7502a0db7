import { m } from "../messages";
import { failureText } from "../parts/failureText";
import { Refusal } from "../relay/refusal";

export interface Refused {
  text: string;
  /** What was typed is wrong, and can be typed again. */
  field: boolean;
  /** The statement can't be signed any more; another one can. */
  stale: boolean;
}

/** Why a signature was refused, by the server's own code. */
export function refusedBy(error: unknown): Refused {
  const reason = error instanceof Refusal ? error.reason : null;
  switch (reason) {
    case "PASSWORD_WRONG":
      return { text: m.signing.wrongPassword, field: true, stale: false };
    case "SIGNATURE_WRONG":
      return { text: m.signing.wrongSignature, field: true, stale: false };
    case "STATEMENT_EXPIRED":
      return { text: m.signing.expired, field: false, stale: true };
    case "STATEMENT_STALE":
      return { text: m.signing.changed, field: false, stale: true };
    case "SIGNING_KEY_REVOKED":
    case "STATEMENT_MISMATCH":
    case "STATEMENT_UNKNOWN":
    case "STATEMENT_USED":
      return { text: failureText(error), field: false, stale: true };
    default:
      return { text: failureText(error), field: false, stale: false };
  }
}
