import { Button } from "@mantine/core";
import { Link, useSearch } from "@tanstack/react-router";
import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import type { TaskDetail } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import "@/shared/lib/texts.work";
import { namesIn, type Names } from "../model/people";
import type { CommentLog } from "../model/thread";
import { timelineOf, type TimelineItem } from "../model/timeline";
import type { Typist } from "../model/useLiveComments";
import { VIEWS, type View } from "../model/view";
import { CommentItem } from "./CommentItem";
import { EventItem } from "./EventItem";
import { LinkedText } from "./LinkedText";
import classes from "./Timeline.module.css";

const NEAR_END_PX = 120;
const LABELS = {
  all: "ticket.all",
  comments: "ticket.commentsOnly",
  history: "ticket.historyOnly",
} as const;

function Views({ current }: { current: View }) {
  return (
    <nav className={classes.views} aria-label={t("ticket.timeline")}>
      {VIEWS.map((view) => (
        <Link
          key={view}
          from="/tasks/$taskId"
          to="."
          replace
          search={view === "all" ? {} : { view }}
          aria-current={view === current ? "true" : undefined}
          activeProps={{}}
          className={classes.view}
        >
          {t(LABELS[view])}
        </Link>
      ))}
    </nav>
  );
}

/**
 * A ticket opens at its description. From then on the newest line is followed by whoever reads
 * there, and nobody who reads above is pulled away.
 */
function useFollow(count: number, isReady: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    follows.current = left < NEAR_END_PX;
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!isReady || element === null) return;
    if (follows.current) element.scrollTop = element.scrollHeight;
    measure();
  }, [count, isReady, measure]);
  return { scroller, measure };
}

function Items({ items, names }: { items: readonly TimelineItem[]; names: Names }) {
  return (
    <ol className={classes.items} aria-label={t("ticket.timeline")}>
      {items.map((item) =>
        item.kind === "comment" ? (
          <CommentItem
            key={item.id}
            comment={item.comment}
            name={names.get(item.comment.user_id)}
          />
        ) : (
          <EventItem key={item.id} entry={item.entry} isSaid={item.isSaid} />
        ),
      )}
    </ol>
  );
}

interface Props {
  task: TaskDetail;
  comments: UseQueryResult<CommentLog>;
  typing: Typist | null;
}

export function Timeline({ task, comments, typing }: Props) {
  const { view = "all" } = useSearch({ from: "/shell/tasks/$taskId" });
  const items = useMemo(
    () => timelineOf(comments.data?.comments ?? [], task.history, view),
    [comments.data, task.history, view],
  );
  const names = useMemo(() => namesIn(task), [task]);
  const { scroller, measure } = useFollow(items.length, comments.isSuccess);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onScroll={measure}
      tabIndex={0}
      role="region"
      aria-label={t("ticket.timeline")}
    >
      <section className={classes.description}>
        <h2>{t("ticket.description")}</h2>
        <p className={task.description ? classes.prose : classes.none} dir="auto">
          <LinkedText text={task.description || t("ticket.noDescription")} />
        </p>
      </section>
      <Views current={view} />
      {comments.isError && (
        <Banner tone="late">
          {t("ticket.commentsFailed")} {problemText(comments.error)}{" "}
          <Button variant="default" size="compact-xs" onClick={() => void comments.refetch()}>
            {t("common.retry")}
          </Button>
        </Banner>
      )}
      <Items items={items} names={names} />
      {items.length === 0 && comments.isSuccess && (
        <p className={classes.none}>{t("ticket.nothing")}</p>
      )}
      <p className={classes.typing} aria-live="polite">
        {typing !== null &&
          t("ticket.typing", { name: names.get(typing.user_id) ?? typing.username })}
      </p>
    </div>
  );
}
