import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Age } from "@/shared/ui/Age";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import { useEndOthers, useEndSession, useSessions, type SessionRow } from "../api/profile";
import { Section } from "./Section";
import classes from "./Profile.module.css";

export function Sessions() {
  const sessions = useSessions();
  const endOthers = useEndOthers();
  const [asks, setAsks] = useState(false);
  const rows = sessions.data?.results ?? [];
  const problem = sessions.error ?? endOthers.error;
  return (
    <Section title={t("profile.sessions")}>
      {problem !== null && <Banner tone="late">{problemText(problem)}</Banner>}
      {sessions.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      <ul className={classes.sessions}>
        {rows.map((row) => (
          <SessionItem key={row.id} row={row} />
        ))}
      </ul>
      {rows.length > 1 && (
        <div className={classes.buttons}>
          <Button size="sm" variant="default" onClick={() => setAsks(true)}>
            {t("profile.endOthers")}
          </Button>
        </div>
      )}
      {asks && (
        <Dialog title={t("profile.endOthers")} onClose={() => setAsks(false)} size="sm">
          <div className={classes.form}>
            <p className={classes.hint}>{t("profile.endOthersHint", { count: rows.length - 1 })}</p>
            <Button
              color="red"
              loading={endOthers.isPending}
              onClick={() => endOthers.mutate(undefined, { onSettled: () => setAsks(false) })}
            >
              {t("profile.endOthers")}
            </Button>
          </div>
        </Dialog>
      )}
    </Section>
  );
}

function SessionItem({ row }: { row: SessionRow }) {
  const end = useEndSession();
  return (
    <li className={classes.session}>
      <div>
        <p>
          {row.device}{" "}
          {row.is_current && <span className={classes.mark}>{t("profile.thisDevice")}</span>}
        </p>
        <p>
          {row.ip_address ?? t("profile.noAddress")} · {t("profile.lastUsed")}{" "}
          <Age since={row.last_used_at} />
        </p>
      </div>
      {!row.is_current && (
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t("profile.endOne", { device: row.device })}
          onClick={() => end.mutate(row.id)}
        >
          {t("profile.end")}
        </Button>
      )}
    </li>
  );
}
