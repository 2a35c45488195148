import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { isStatus } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Message } from "@/shared/ui/Message";
import type { IconName } from "@/shared/ui/Icon";
import { Forbidden } from "./Guard";
import classes from "./Admin.module.css";

const BONES = Array.from({ length: 8 }, (_, index) => index);

export function Skeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label={t("common.loading")}>
      {BONES.map((index) => (
        <div
          key={index}
          className={classes.bone}
          style={{ width: `${94 - ((index * 17) % 36)}%` }}
        />
      ))}
    </div>
  );
}

/** Why a list or a page is not there, and what can be done about it. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (isStatus(error, 403)) return <Forbidden />;
  return (
    <Message alert icon="alert" title={t("admin.failed")} hint={problemText(error)}>
      <Button variant="default" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </Message>
  );
}

export interface EmptyText {
  icon: IconName;
  title: string;
  hint: string;
  action?: ReactNode;
}

interface Props {
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
  isEmpty: boolean;
  empty: EmptyText;
  /** Takes the filters off; given when there are some. */
  onClear?: () => void;
  children: ReactNode;
}

/** A list in whatever state it is. */
export function ListState({ query, isEmpty, empty, onClear, children }: Props) {
  if (query.isPending) return <Skeleton />;
  if (query.error !== null && isEmpty) {
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!isEmpty) return children;
  if (onClear !== undefined) {
    return (
      <Message icon="search" title={t("admin.nothingFound")} hint={t("admin.nothingFoundHint")}>
        <Button variant="default" onClick={onClear}>
          {t("admin.clear")}
        </Button>
      </Message>
    );
  }
  return (
    <Message icon={empty.icon} title={empty.title} hint={empty.hint}>
      {empty.action}
    </Message>
  );
}
