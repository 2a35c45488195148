import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bodyOf, idempotent, workflow } from "@/shared/api/client";
import { isStatus } from "@/shared/api/errors";
import { keys } from "@/shared/api/keys";
import { session } from "@/shared/api/session";
import type { Action, TaskDetail } from "@/shared/api/types";
import { conflictBetween, type Conflict } from "../model/conflict";

const POLL_MS = 30_000;

const taskOf = (taskId: string) =>
  queryOptions({
    queryKey: keys.task(taskId),
    queryFn: ({ signal }) =>
      bodyOf(workflow.GET("/tasks/{task_id}/", { params: { path: { task_id: taskId } }, signal })),
    // The socket tells of changes at once; this is for the day when it cannot.
    refetchInterval: POLL_MS,
  });

export const useTask = (taskId: string) => useQuery(taskOf(taskId));

export interface Act {
  action: Action;
  notes: string;
  /** For actions that hand the task to somebody. */
  personId?: number;
  /** The same for every attempt at the same act. */
  key: string;
}

/** Every action has its own address; a new one of the server's must be added here to be offered. */
function send(task: TaskDetail, { action, notes, personId, key }: Act) {
  const params = { path: { task_id: task.task_id } };
  const headers = idempotent(key);
  const said = { notes, version: task.version };
  const plain = { params, headers, body: said };
  // Of a task that is split each branch is acted on by itself.
  const there = action.branch === null ? said : { ...said, branch: action.branch };
  const step = { params, headers, body: there };
  const transition_id = action.transition_id ?? undefined;
  const over = { params, headers, body: { ...there, transition_id } };
  const given = { params, headers, body: { ...there, user_id: personId ?? 0 } };
  const calls = {
    start: () => workflow.POST("/tasks/{task_id}/start/", step),
    claim: () => workflow.POST("/tasks/{task_id}/claim/", step),
    hold: () => workflow.POST("/tasks/{task_id}/hold/", plain),
    resume: () => workflow.POST("/tasks/{task_id}/resume/", plain),
    escalate: () => workflow.POST("/tasks/{task_id}/escalate/", step),
    reopen: () => workflow.POST("/tasks/{task_id}/reopen/", plain),
    close: () => workflow.POST("/tasks/{task_id}/close/", plain),
    complete: () => workflow.POST("/tasks/{task_id}/complete/", step),
    approve: () => workflow.POST("/tasks/{task_id}/approve/", over),
    reject: () => workflow.POST("/tasks/{task_id}/reject/", over),
    transfer: () => workflow.POST("/tasks/{task_id}/transfer/", given),
    assign: () => workflow.POST("/tasks/{task_id}/assign/", given),
    transition: () =>
      workflow.POST("/tasks/{task_id}/transition/", {
        ...over,
        body: { ...there, transition_id: transition_id ?? 0 },
      }),
  };
  return bodyOf(calls[action.action as keyof typeof calls]());
}

/** Acts on the task as it is shown. A conflict brings the new state and says who was faster. */
export function useAct(task: TaskDetail, onConflict: (conflict: Conflict) => void) {
  const client = useQueryClient();
  const { queryKey } = taskOf(task.task_id);
  return useMutation({
    mutationFn: (act: Act) => send(task, act),
    onSuccess: (now) => {
      client.setQueryData(queryKey, now);
      void client.invalidateQueries({ queryKey: keys.tasks });
    },
    // The page may show the new state before the refusal comes: kept is what was acted on.
    onMutate: () => ({ seen: task }),
    onError: async (error, _act, acted) => {
      if (!isStatus(error, 409) || acted === undefined) return;
      await client.refetchQueries({ queryKey });
      const now = client.getQueryData(queryKey);
      if (now) onConflict(conflictBetween(acted.seen, now, session.state.get().person?.id ?? 0));
    },
  });
}

/** Why somebody was given a step: the decision as it was kept. */
export function useWhy(taskId: string, assignmentId: number) {
  const path = { task_id: taskId, assignment_id: assignmentId };
  return useQuery({
    queryKey: [...keys.task(taskId), "why", assignmentId],
    queryFn: ({ signal }) =>
      bodyOf(
        workflow.GET("/tasks/{task_id}/assignments/{assignment_id}/why/", {
          params: { path },
          signal,
        }),
      ),
  });
}

/** What the requester sent: who they are and what it is about. */
export function useTicketOf(ticketId: number) {
  return useQuery({
    queryKey: ["tickets", ticketId],
    queryFn: ({ signal }) =>
      bodyOf(
        workflow.GET("/tickets/{ticket_id}/", {
          params: { path: { ticket_id: ticketId } },
          signal,
        }),
      ),
  });
}
