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

/** The roles that do review work; the server decides, this only spares people buttons that would be refused. */
export function mayReview(viewer: Viewer): boolean {
  return viewer.role === "ADMIN" || viewer.role === "REVIEWER";
}
