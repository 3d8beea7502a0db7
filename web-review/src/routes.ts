import { lazy } from "react";
import AuditQuery, { type AuditScreenQuery } from "./audit/__generated__/AuditScreenQuery.graphql";
import { filterIn, filterVariables } from "./audit/eventFilter";
import BundlesQuery, { type BundlesScreenQuery } from "./bundles/__generated__/BundlesScreenQuery.graphql";
import DocumentQuery, { type DocumentScreenQuery } from "./document/__generated__/DocumentScreenQuery.graphql";
import DocumentsQuery, { type DocumentsScreenQuery } from "./documents/__generated__/DocumentsScreenQuery.graphql";
import { stateIn } from "./documents/stateFilter";
import ExportsQuery, { type ExportsScreenQuery } from "./exports/__generated__/ExportsScreenQuery.graphql";
import { type Route, route } from "./navigation/router";
import QueueQuery, { type QueueScreenQuery } from "./queue/__generated__/QueueScreenQuery.graphql";
import { may } from "./shell/Viewer";
import SigningKeysQuery, { type SigningKeysScreenQuery } from "./signing/__generated__/SigningKeysScreenQuery.graphql";
import TaskQuery, { type TaskScreenQuery } from "./task/__generated__/TaskScreenQuery.graphql";
import TypesQuery, { type TypesScreenQuery } from "./types/__generated__/TypesScreenQuery.graphql";

const queue = () => import("./queue/QueueScreen");
const task = () => import("./task/TaskScreen");
const documents = () => import("./documents/DocumentsScreen");
const document = () => import("./document/DocumentScreen");
const exports = () => import("./exports/ExportsScreen");
const audit = () => import("./audit/AuditScreen");
const bundles = () => import("./bundles/BundlesScreen");
const keys = () => import("./signing/SigningKeysScreen");
const types = () => import("./types/TypesScreen");

/** Every place of the page: its code and its first query are asked for at once. */
export const routes: readonly Route[] = [
  route<QueueScreenQuery>("/", queue, lazy(queue), QueueQuery, () => ({})),
  route<TaskScreenQuery>("/tasks/:id", task, lazy(task), TaskQuery, ({ params }) => ({ id: params.id ?? "" })),
  route<DocumentsScreenQuery>("/documents", documents, lazy(documents), DocumentsQuery, ({ search }) => ({
    state: stateIn(search),
  })),
  route<DocumentScreenQuery>("/documents/:id", document, lazy(document), DocumentQuery, ({ params, viewer }) => ({
    id: params.id ?? "",
    readsTasks: may(viewer, "readTasks"),
  })),
  route<ExportsScreenQuery>("/exports", exports, lazy(exports), ExportsQuery, () => ({})),
  route<AuditScreenQuery>("/audit", audit, lazy(audit), AuditQuery, ({ search }) => filterVariables(filterIn(search))),
  route<BundlesScreenQuery>("/audit/bundles", bundles, lazy(bundles), BundlesQuery, () => ({})),
  route<TypesScreenQuery>("/types", types, lazy(types), TypesQuery, () => ({})),
  route<SigningKeysScreenQuery>("/account/signing-keys", keys, lazy(keys), SigningKeysQuery, () => ({})),
];
