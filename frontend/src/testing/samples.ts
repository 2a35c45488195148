import type {
  Action,
  Comment,
  HistoryEntry,
  Member,
  TaskDetail,
  TaskItem,
} from "@/shared/api/types";

const AT = "2026-03-02T10:00:00Z";

export const aTask = (over: Partial<TaskItem> = {}): TaskItem =>
  ({
    task_id: "T-1",
    ticket_id: 1,
    title: "VPN drops",
    description: "",
    priority: "high",
    status: "pending",
    current_step_name: "Triage",
    sla_deadline: "2026-03-02T14:00:00Z",
    sla_state: "ok",
    created_at: AT,
    version: 1,
    ...over,
  }) as TaskItem;

export const anAction = (over: Partial<Action> = {}): Action => ({
  action: "transition",
  transition_id: 7,
  name: "Send to analysis",
  kind: "forward",
  to_step: 2,
  to_step_name: "Analysis",
  needs_reason: false,
  branch: null,
  ...over,
});

export const anEntry = (over: Partial<HistoryEntry> = {}): HistoryEntry =>
  ({
    id: 1,
    kind: "task_started",
    at: AT,
    user_id: 4,
    user_name: "l1.ben",
    user_full_name: "",
    to_user_full_name: "",
    from_step: "",
    to_step: "Triage",
    notes: "",
    details: {},
    ...over,
  }) as HistoryEntry;

export const aStep = (
  over: Partial<TaskDetail["current_step"]> = {},
): TaskDetail["current_step"] => ({
  step_id: 1,
  name: "Triage",
  description: "",
  instruction: "",
  role: "L1 Support",
  role_id: 3,
  kind: "human",
  is_end: false,
  requires_approval: false,
  approvals_needed: 1,
  previous_may_approve: true,
  requester_may_approve: true,
  ...over,
});

export const aDetail = (over: Partial<TaskDetail> = {}): TaskDetail =>
  ({
    ...aTask(),
    current_step: aStep(),
    available_actions: [],
    approvals: [],
    branches: [],
    join: null,
    history: [],
    assignments: [],
    ...over,
  }) as TaskDetail;

export const aMember = (over: Partial<Member> = {}): Member => ({
  user_id: 3,
  username: "l1.ana",
  full_name: "Ana Alvarez",
  email: "ana@example.com",
  is_absent: false,
  ...over,
});

export const aComment = (over: Partial<Comment> = {}): Comment => ({
  id: 1,
  ticket_id: 1,
  user_id: 3,
  username: "l1.ana",
  text: "hello",
  visibility: "public",
  parent_id: null,
  mentions: [],
  is_deleted: false,
  created_at: AT,
  updated_at: AT,
  seq: 1,
  ratings: { thumbs_up: 0, thumbs_down: 0 },
  attachments: [],
  ...over,
});
