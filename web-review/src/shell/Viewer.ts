import { createContext, useContext } from "react";
import type { AppQuery$data } from "../__generated__/AppQuery.graphql";

export type Viewer = NonNullable<AppQuery$data["viewer"]>;

const ViewerContext = createContext<Viewer | null>(null);

export const ViewerProvider = ViewerContext;

/** Who is logged in. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("useViewer without a session");
  return viewer;
}

type Role = Viewer["role"];

/** As the server's policy has it, which decides; this only spares people what would be refused. */
const allowed = {
  readTasks: ["ADMIN", "REVIEWER", "AUDITOR"],
  review: ["ADMIN", "REVIEWER"],
  upload: ["ADMIN", "REVIEWER", "INTEGRATOR"],
  retryReading: ["ADMIN", "REVIEWER", "INTEGRATOR"],
  manageTypes: ["ADMIN"],
  readAudit: ["ADMIN", "AUDITOR"],
  exportAudit: ["ADMIN", "AUDITOR"],
  manageAudit: ["ADMIN", "AUDITOR"],
  erase: ["ADMIN"],
  export: ["ADMIN", "INTEGRATOR"],
} satisfies Record<string, Role[]>;

export type Right = keyof typeof allowed;

export function may(viewer: Viewer, right: Right): boolean {
  return (allowed[right] as Role[]).includes(viewer.role);
}
