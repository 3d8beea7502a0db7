import { lazy } from "react";
import { type Route, route } from "./navigation/router";
import QueueQuery, { type QueueScreenQuery } from "./queue/__generated__/QueueScreenQuery.graphql";
import TaskQuery, { type TaskScreenQuery } from "./task/__generated__/TaskScreenQuery.graphql";

const queue = () => import("./queue/QueueScreen");
const task = () => import("./task/TaskScreen");

/** Every place of the page: its code and its first query are asked for at once. */
export const routes: readonly Route[] = [
  route<QueueScreenQuery>("/", queue, lazy(queue), QueueQuery, () => ({})),
  route<TaskScreenQuery>("/tasks/:id", task, lazy(task), TaskQuery, ({ id = "" }) => ({ id })),
];
