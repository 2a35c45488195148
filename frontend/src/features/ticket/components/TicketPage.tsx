import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { isStatus } from "@/shared/api/errors";
import type { TaskDetail } from "@/shared/api/types";
import { useCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { queuePlace } from "@/shared/lib/place";
import { problemText } from "@/shared/lib/problem";
import { usePageTitle } from "@/shared/lib/title";
import { Message } from "@/shared/ui/Message";
import "@/shared/lib/texts.work";
import { commentsOf } from "../api/comments";
import { useTask } from "../api/task";
import { useLiveComments, useLiveTask } from "../model/useLiveComments";
import { ActionBar } from "./ActionBar";
import { Composer } from "./Composer";
import { Details } from "./Details";
import { LiveBanner } from "./LiveBanner";
import { TicketHeader } from "./TicketHeader";
import { Timeline } from "./Timeline";
import classes from "./Ticket.module.css";

export function TicketPage() {
  const { taskId } = useParams({ from: "/shell/tasks/$taskId" });
  usePageTitle(taskId);
  const query = useTask(taskId);
  const navigate = useNavigate();
  useCommands([
    {
      id: "ticket-back",
      title: "commands.back",
      group: "commands.task",
      keys: "u",
      run: () => void navigate({ to: "/", search: queuePlace.get() }),
    },
  ]);
  if (query.data) return <Ticket key={query.data.task_id} task={query.data} />;
  if (query.isPending) return <Loading />;
  return <Failed error={query.error} onRetry={() => void query.refetch()} />;
}

function Loading() {
  return (
    <div className={classes.loading} role="status" aria-label={t("common.loading")}>
      <div className={classes.bone} />
      <div className={classes.bone} />
      <div className={classes.bone} />
    </div>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const home = <Link to="/">{t("error.home")}</Link>;
  if (isStatus(error, 404)) {
    return (
      <Message alert icon="search" title={t("ticket.notFound")} hint={t("ticket.notFoundHint")}>
        {home}
      </Message>
    );
  }
  if (isStatus(error, 403)) {
    return (
      <Message alert icon="lock" title={t("ticket.forbidden")} hint={t("ticket.forbiddenHint")}>
        {home}
      </Message>
    );
  }
  return (
    <Message alert icon="alert" title={t("ticket.failed")} hint={problemText(error)}>
      <Button variant="default" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </Message>
  );
}

function Ticket({ task }: { task: TaskDetail }) {
  const comments = useQuery(commentsOf(task.ticket_id));
  const live = useLiveComments(task.ticket_id, comments.isSuccess);
  useLiveTask(task.ticket_id);
  usePageTitle(`${task.task_id} ${task.title}`);
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <TicketHeader task={task} />
        <ActionBar task={task} />
        {!comments.isError && <LiveBanner state={live.state} />}
        <Timeline task={task} comments={comments} typing={live.typing} />
        <Composer ticketId={task.ticket_id} onTyping={live.tellTyping} />
      </div>
      <Details task={task} />
    </div>
  );
}
