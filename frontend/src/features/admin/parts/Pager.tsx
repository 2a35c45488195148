import { Button } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import { PAGE_SIZE } from "../model/pages";
import classes from "./Admin.module.css";

interface Props {
  page: number;
  count: number;
  onPage: (page: number) => void;
}

/** Where in a long list one is; nothing when all of it is shown. */
export function Pager({ page, count, onPage }: Props) {
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = Math.min(page * PAGE_SIZE, count);
  return (
    <nav className={classes.pager} aria-label={t("admin.pages")}>
      <span role="status">
        {count <= PAGE_SIZE && page === 1
          ? t("admin.rows", { count })
          : t("admin.range", { first, last, count })}
      </span>
      {count > PAGE_SIZE && (
        <span className={classes.buttons}>
          <Button variant="default" disabled={page === 1} onClick={() => onPage(page - 1)}>
            {t("admin.previous")}
          </Button>
          <Button variant="default" disabled={last >= count} onClick={() => onPage(page + 1)}>
            {t("admin.next")}
          </Button>
        </span>
      )}
    </nav>
  );
}
