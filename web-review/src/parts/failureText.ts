import { m } from "../messages";
import { Refusal, Unreachable } from "../relay/refusal";

/** What a person can do about it, in a sentence. The server's own sentence where it wrote one for this case. */
export function failureText(error: unknown): string {
  if (error instanceof Unreachable) return m.failure.unreachable;
  if (error instanceof Refusal) {
    switch (error.code) {
      case "FORBIDDEN":
      case "NOT_FOUND":
      case "RATE_LIMITED":
        return m.failure[error.code];
      case "INTERNAL":
        return error.requestId === null ? error.message : `${error.message} ${m.failure.requestId(error.requestId)}`;
      default:
        return error.message;
    }
  }
  return error instanceof Error ? error.message : String(error);
}
