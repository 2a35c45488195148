/** Names for the generated schemas that the pages speak of. Nothing is declared here by hand. */
import type { components as Messaging } from "./generated/messaging";
import type { components as Notifications } from "./generated/notification";
import type { components as Workflow } from "./generated/workflow";

export type TaskItem = Workflow["schemas"]["TaskOut"];
export type TaskDetail = Workflow["schemas"]["TaskDetailOut"];
export type TaskStatus = Workflow["schemas"]["TaskStateEnum"];
export type Priority = Workflow["schemas"]["PriorityEnum"];
export type TicketDetail = Workflow["schemas"]["TicketDetailOut"];
export type Action = Workflow["schemas"]["ActionOut"];
export type Assignment = Workflow["schemas"]["AssignmentOut"];
export type Member = Workflow["schemas"]["MemberOut"];
export type HistoryEntry = Workflow["schemas"]["EventOut"];
export type Comment = Messaging["schemas"]["CommentOut"];
export type Thread = Messaging["schemas"]["ThreadOut"];
export type Notification = Notifications["schemas"]["AlertOut"];
export type NotificationPage = Notifications["schemas"]["AlertPageOut"];
