import { noteConnection } from "../relay/connection";
import { Unreachable } from "../relay/refusal";

/** RFC 9457 problem details, with the stable code of this server. */
export interface ProblemDetails {
  title: string;
  status: number;
  detail?: string;
  code?: string;
}

export async function problemOf(response: Response): Promise<ProblemDetails> {
  try {
    return (await response.json()) as ProblemDetails;
  } catch {
    return { title: response.statusText, status: response.status };
  }
}

/** Null when the session stands; else why not. Throws {@link Unreachable} without an answer. */
export async function logIn(email: string, password: string): Promise<ProblemDetails | null> {
  const response = await ask({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) return problemOf(response);
  noteConnection({ signedOut: false });
  return null;
}

export async function logOut(): Promise<void> {
  await ask({ method: "DELETE" });
  sessionStorage.clear();
}

async function ask(request: RequestInit): Promise<Response> {
  try {
    const response = await fetch("/api/session", request);
    noteConnection({ reachable: true });
    return response;
  } catch {
    noteConnection({ reachable: false });
    throw new Unreachable();
  }
}
