// Leases end by the server's clock; a reviewer's clock may be minutes off.
let ahead = 0;

/** Takes the `Date` header of an answer; whole seconds, so differences below two are noise. */
export function syncClock(date: string | null, now = Date.now()) {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const difference = server - now;
  ahead = Math.abs(difference) < 2000 ? 0 : difference;
}

/** Milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return Date.now() + ahead;
}
