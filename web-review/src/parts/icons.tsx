import type { SVGProps } from "react";

// Drawn on a grid of 20, stroke 1.6; each says what its name says, so a label beside it is the one that is read out.
const shapes = {
  queue: "M4 5h12M4 10h12M4 15h7",
  document: "M6 2.8h5.5L15 6.3V17H6zM11.2 3v3.6H15M8.5 10.5h4M8.5 13.5h4",
  export: "M10 12.5V3.5M6.5 7 10 3.5 13.5 7M4 12v4h12v-4",
  chain:
    "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l1-1",
  types: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM13.5 11.2v4.6M11.2 13.5h4.6",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  cross: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  warning: "M10 3 17.5 16.5h-15zM10 8.2v3.6M10 14v.2",
  robot: "M5 8h10v7.5H5zM10 8V4.8M8.6 4.2h2.8M8 11v.6M12 11v.6M3.2 10.5v2.5M16.8 10.5v2.5",
  dot: "M10 9.9v.2",
  question: "M7.5 7.6a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 2M10 14.6v.2",
  pencil: "M4 16l.8-3.4L13.4 4l2.6 2.6-8.6 8.6z",
  eyeOff: "M3 3l14 14M8 5.3A8 8 0 0 1 17.5 10a9 9 0 0 1-2 2.6M12.2 14.5A8 8 0 0 1 2.5 10a9 9 0 0 1 2.6-3.2",
  clock: "M10 3.5a6.5 6.5 0 1 0 .01 0M10 6.5V10l2.5 1.8",
  plus: "M10 4.5v11M4.5 10h11",
  minus: "M4.5 10h11",
  rotate: "M15.5 10a5.5 5.5 0 1 1-1.7-4M14.2 2.8v3.4h-3.4",
  search: "M9 4a5 5 0 1 0 .01 0M12.7 12.7 16.5 16.5",
  boxes: "M4 6V4h2M14 4h2v2M16 14v2h-2M6 16H4v-2M7 8h6v4H7z",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  left: "M12.5 4.5 7 10l5.5 5.5",
  right: "M7.5 4.5 13 10l-5.5 5.5",
  down: "M5 7.5 10 12.5 15 7.5",
  upload: "M10 13V4.5M6.5 8 10 4.5 13.5 8M4 13v3h12v-3",
  download: "M10 4v9M6.5 9.5 10 13l3.5-3.5M4 13.5V16h12v-2.5",
  copy: "M7.5 7.5h8v8h-8zM4.5 12.5v-8h8",
  key: "M7.5 9a3.5 3.5 0 1 0 .01 0M10 10 16.5 3.5M13.5 6.5l2 2M11.5 8.5l1.2 1.2",
  sun: "M10 6.5a3.5 3.5 0 1 0 .01 0M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M15.5 11.8A6 6 0 0 1 8.2 4.5a6 6 0 1 0 7.3 7.3z",
  half: "M10 3.5a6.5 6.5 0 1 0 .01 0M10 3.5v13M12 6.2v7.6M14 8v4",
  out: "M8 4H4.5v12H8M8.5 10H16M13 7l3 3-3 3",
  offline:
    "M3 3l14 14M3 8.5A10 10 0 0 1 7 6M17 8.5a10 10 0 0 0-6.2-2.9M5.8 11.5a6 6 0 0 1 3-1.6M14.2 11.5l-.8-.6M10 15v.2",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18, ...rest }: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...rest}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
