import { Button } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import classes from "./Queue.module.css";

/** How many rows wait; they come in when somebody asks for them. */
export function FreshPill({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  return (
    <div className={classes.fresh} role="status">
      {waiting > 0 && (
        <Button size="compact-sm" radius="xl" onClick={onShow} title={t("queue.freshHint")}>
          {t("queue.fresh", { count: waiting })}
        </Button>
      )}
    </div>
  );
}
