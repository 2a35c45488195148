import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Notification } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Age } from "@/shared/ui/Age";
import { Banner } from "@/shared/ui/Banner";
import { Message } from "@/shared/ui/Message";
import type { useNotifications } from "../api/queries";
import { useMarkAllRead, useMarkRead } from "../api/reading";
import classes from "./Notifications.module.css";

interface Props {
  query: ReturnType<typeof useNotifications>;
  unread: number;
  onLeave: () => void;
}

interface ItemProps {
  item: Notification;
  onRead: (id: number) => void;
  onLeave: () => void;
}

/** Opens its task where it has one; otherwise a press only marks it read. */
function Target({ item, onRead, onLeave, children }: ItemProps & { children: ReactNode }) {
  const read = () => {
    if (!item.is_read) onRead(item.id);
  };
  if (!item.related_task_id) {
    return (
      <button type="button" className={classes.item} onClick={read}>
        {children}
      </button>
    );
  }
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: item.related_task_id }}
      className={classes.item}
      onClick={() => {
        read();
        onLeave();
      }}
    >
      {children}
    </Link>
  );
}

function Item(props: ItemProps) {
  const { item } = props;
  return (
    <li data-unread={!item.is_read || undefined}>
      <Target {...props}>
        <span className={classes.mark} />
        <span className={classes.words}>
          <span className={classes.subject}>
            {!item.is_read && <span className={classes.hidden}>{t("bell.unreadMark")}: </span>}
            {item.subject}
          </span>
          <span className={classes.message}>{item.message}</span>
        </span>
        <span className={classes.age}>
          <Age since={item.created_at} />
        </span>
      </Target>
    </li>
  );
}

function Body({ query, onLeave }: Pick<Props, "query" | "onLeave">) {
  const { mutate: markRead } = useMarkRead();
  const items = query.data?.pages.flatMap((page) => page.results) ?? [];
  if (query.isPending) return <div className={classes.loading} aria-busy />;
  if (query.isError && items.length === 0) {
    return (
      <Message alert icon="alert" title={t("bell.failed")} hint={problemText(query.error)}>
        <Button variant="default" onClick={() => void query.refetch()}>
          {t("common.retry")}
        </Button>
      </Message>
    );
  }
  if (items.length === 0) {
    return <Message icon="bell" title={t("bell.empty")} hint={t("bell.emptyHint")} />;
  }
  return (
    <ul className={classes.list}>
      {items.map((item) => (
        <Item key={item.id} item={item} onRead={markRead} onLeave={onLeave} />
      ))}
      {query.hasNextPage && (
        <li className={classes.moreItem}>
          <Button
            variant="subtle"
            fullWidth
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("common.loadMore")}
          </Button>
        </li>
      )}
    </ul>
  );
}

export default function NotificationList({ query, unread, onLeave }: Props) {
  const markAll = useMarkAllRead();
  return (
    <div className={classes.panel}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle}>{t("bell.title")}</h2>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={unread === 0}
          onClick={() => markAll.mutate(undefined)}
        >
          {t("bell.readAll")}
        </Button>
      </div>
      {markAll.isError && <Banner tone="late">{problemText(markAll.error)}</Banner>}
      <Body query={query} onLeave={onLeave} />
    </div>
  );
}
