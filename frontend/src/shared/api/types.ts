/** Names for the generated schemas that the pages speak of. Nothing is declared here by hand. */
import type { components as Messaging } from "./generated/messaging";
import type { components as Notifications } from "./generated/notification";
import type { components as Workflow } from "./generated/workflow";

export type TaskItem = Workflow["schemas"]["TaskItem"];
export type TaskDetail = Workflow["schemas"]["TaskDetail"];
export type Action = Workflow["schemas"]["Action"];
export type HistoryEntry = Workflow["schemas"]["History"];
export type Priority = Workflow["schemas"]["Priority"];
export type TaskStatus = Workflow["schemas"]["Status"];
export type Comment = Messaging["schemas"]["Comment"];
export type Thread = Comment & { replies: Comment[] };
export type Notification = Notifications["schemas"]["AlertOut"];
export type NotificationPage = Notifications["schemas"]["AlertPageOut"];
