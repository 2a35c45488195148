import { Link } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { readSearch, TABS, tabOf, type QueueSearch, type Tab } from "../model/search";
import classes from "./Queue.module.css";

const searchOf = (tab: Tab, { q, priority }: QueueSearch): QueueSearch =>
  readSearch({ tab, q, priority });

/** Saved views; search and priority are carried along. */
export function Tabs({ search }: { search: QueueSearch }) {
  const current = tabOf(search);
  return (
    <nav className={classes.tabs} aria-label={t("queue.tabs")}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="/"
          search={searchOf(tab, search)}
          className={classes.tab}
          activeProps={{}}
          aria-current={tab === current ? "page" : undefined}
          data-current={tab === current || undefined}
        >
          {t(`queue.tab.${tab}`)}
        </Link>
      ))}
    </nav>
  );
}
