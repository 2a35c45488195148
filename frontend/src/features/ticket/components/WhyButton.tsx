import { lazy, Suspense, useState } from "react";
import { session } from "@/shared/api/session";
import type { Assignment } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";
import { Boundary } from "@/shared/ui/Boundary";
import classes from "./Why.module.css";

const WhyDialog = lazy(() => import("./WhyDialog"));

interface Props {
  taskId: string;
  assignment: Assignment;
  /** In a list of several the button says less to the eye than to a screen reader. */
  isShort?: boolean;
}

/** Opens why somebody was given a step: "Why me?" to oneself. */
export function WhyButton({ taskId, assignment, isShort = false }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isMine = assignment.user_id === session.state.get().person?.id;
  const who = assignment.user_name;
  const title = isMine ? t("why.me") : t("why.who", { who });
  return (
    <>
      <button
        type="button"
        className={classes.ask}
        aria-label={`${title} ${assignment.step_name}`}
        onClick={() => setOpen(true)}
      >
        {isShort ? t("why.short") : title}
      </button>
      {isOpen && (
        <Boundary>
          <Suspense fallback={null}>
            <WhyDialog
              title={`${title} ${assignment.step_name}`}
              taskId={taskId}
              assignmentId={assignment.id}
              onClose={() => setOpen(false)}
            />
          </Suspense>
        </Boundary>
      )}
    </>
  );
}
