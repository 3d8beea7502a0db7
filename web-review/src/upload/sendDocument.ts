import { Unreachable } from "../relay/refusal";
import { type ProblemDetails, problemOf } from "../session/session";

export interface Receipt {
  id: string;
  state: string;
}

/** Sends a file; the key stays the same when it is sent again, so that it is taken in once. */
export async function sendDocument(file: File, type: string, key: string): Promise<Receipt | ProblemDetails> {
  const body = new FormData();
  body.set("type", type);
  body.set("file", file);
  let response: Response;
  try {
    response = await fetch(`/api/documents?type=${encodeURIComponent(type)}`, {
      method: "POST",
      headers: { "idempotency-key": key },
      body,
    });
  } catch {
    throw new Unreachable();
  }
  return response.ok ? ((await response.json()) as Receipt) : problemOf(response);
}
