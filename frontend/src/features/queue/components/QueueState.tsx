import { Button } from "@mantine/core";
import { isStatus } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Message } from "@/shared/ui/Message";
import { isFiltered, tabOf, type QueueSearch } from "../model/search";
import classes from "./Queue.module.css";

interface Props {
  search: QueueSearch;
  isLoading: boolean;
  error: unknown;
  onRetry: () => void;
  onClear: () => void;
}

const PLACEHOLDERS = Array.from({ length: 12 }, (_, index) => index);

function Loading() {
  return (
    <div className={classes.skeleton} role="status" aria-label={t("common.loading")}>
      {PLACEHOLDERS.map((index) => (
        <div
          key={index}
          className={classes.bone}
          style={{ width: `${92 - ((index * 17) % 34)}%` }}
        />
      ))}
    </div>
  );
}

/** What stands in place of the rows when there are none. */
export function QueueState({ search, isLoading, error, onRetry, onClear }: Props) {
  if (isLoading) return <Loading />;
  if (isStatus(error, 403)) {
    return (
      <Message alert icon="lock" title={t("queue.forbidden")} hint={t("queue.forbiddenHint")} />
    );
  }
  if (error !== null) {
    return (
      <Message alert icon="alert" title={t("queue.failed")} hint={problemText(error)}>
        <Button variant="default" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      </Message>
    );
  }
  if (isFiltered(search)) {
    return (
      <Message icon="search" title={t("queue.filteredEmpty")} hint={t("queue.filteredHint")}>
        <Button variant="default" onClick={onClear}>
          {t("queue.clear")}
        </Button>
      </Message>
    );
  }
  const tab = tabOf(search);
  return (
    <Message icon="inbox" title={t(`queue.empty.${tab}`)} hint={t(`queue.empty.${tab}Hint`)} />
  );
}
