/** The stable codes of the server's GraphQL errors (`extensions.code`). */
export type RefusalCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "INVALID"
  | "CONFLICT"
  | "LEASE_LOST"
  | "RATE_LIMITED"
  | "RESYNC"
  | "INTERNAL";

/** What a field holds now, sent along with a CONFLICT. */
export interface CurrentValue {
  version: number;
  text: string;
  value: string | null;
  status: string;
}

/** The server answered, and said no. */
export class Refusal extends Error {
  override name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly requestId: string | null = null,
    readonly current: CurrentValue | null = null,
    /** The server's own code behind INVALID and CONFLICT (`extensions.reason`). */
    readonly reason: string | null = null,
  ) {
    super(message);
  }
}

/** No answer: offline, the server is away, or it is too busy; the same request may be sent again. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

interface WireError {
  message: string;
  extensions?: { code?: RefusalCode; reason?: string; requestId?: string; current?: CurrentValue };
}

export function refusalOf(error: WireError): Refusal {
  const { code = "INTERNAL", requestId = null, current = null, reason = null } = error.extensions ?? {};
  return new Refusal(code, error.message, requestId, current, reason);
}
