const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const number = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "always", style: "short" });

export const formatDateTime = (iso: string) => dateTime.format(new Date(iso));
/** The end of a global id, which tells objects of one type apart as its start does not. */
export const formatId = (id: string) => id.replace(/=+$/, "").slice(-8);

export const formatNumber = (value: number) => number.format(value);

/** Parts per million as a share of one, cut and never rounded up: 0.8999 is not 0.90. */
export const formatShare = (ppm: number) => share.format(Math.floor(ppm / 1000) / 1000);

/** `14:12`, minutes and seconds left; never below 0:00. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

export function formatAgo(iso: string, now = Date.now()): string {
  const passed = Math.max(0, now - Date.parse(iso));
  for (const [unit, length] of STEPS) {
    if (passed >= length) return ago.format(-Math.floor(passed / length), unit);
  }
  return ago.format(0, "second");
}

const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function formatBytes(bytes: number): string {
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: SIZES[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
