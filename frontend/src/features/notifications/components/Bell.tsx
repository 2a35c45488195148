import { Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { Boundary } from "@/shared/ui/Boundary";
import { Icon } from "@/shared/ui/Icon";
import { useNotifications } from "../api/queries";
import { unreadOf } from "../model/pages";
import { useLiveNotifications } from "../model/useLiveNotifications";
import classes from "./Notifications.module.css";

const NotificationList = lazy(() => import("./NotificationList"));

const MOST = 99;

export function Bell() {
  const [isOpen, setOpen] = useState(false);
  const query = useNotifications();
  useLiveNotifications();
  const unread = unreadOf(query.data);
  const shown = unread > MOST ? `${MOST}+` : String(unread);
  useCommands([
    {
      id: "notifications",
      title: "commands.notifications",
      group: "commands.general",
      keys: "g n",
      run: () => setOpen(true),
    },
  ]);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width="min(380px, calc(100vw - 20px))"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.bell}
          aria-label={unread > 0 ? t("bell.unread", { count: unread, shown }) : t("bell.none")}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="bell" size={17} />
          {unread > 0 && <span className={classes.count}>{shown}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("bell.title")}>
        <Boundary>
          <Suspense fallback={null}>
            <NotificationList query={query} unread={unread} onLeave={() => setOpen(false)} />
          </Suspense>
        </Boundary>
      </Popover.Dropdown>
    </Popover>
  );
}
