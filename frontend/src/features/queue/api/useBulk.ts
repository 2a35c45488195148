import { useMutation, useQueryClient } from "@tanstack/react-query";
import { bodyOf, idempotent, newKey, workflow } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { TaskItem } from "@/shared/api/types";
import { portions, type BulkAction, type BulkResult } from "../model/bulk";

export interface BulkAct {
  action: BulkAction;
  tasks: readonly TaskItem[];
  notes: string;
  personId: number | null;
}

function send({ action, notes, personId }: BulkAct, tasks: readonly TaskItem[]) {
  const body = {
    action,
    task_ids: tasks.map((task) => task.task_id),
    // What has changed since it was shown is refused, and said.
    versions: Object.fromEntries(tasks.map((task) => [task.task_id, task.version])),
    notes,
    ...(personId !== null && { user_id: personId }),
  };
  return bodyOf(workflow.POST("/tasks/bulk/", { body, headers: idempotent(newKey()) }));
}

/** Does one act with several tasks; resolves with what came of each. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (act: BulkAct): Promise<BulkResult[]> => {
      const results: BulkResult[] = [];
      for (const portion of portions(act.tasks)) {
        results.push(...(await send(act, portion)).results);
      }
      return results;
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.tasks }),
  });
}
