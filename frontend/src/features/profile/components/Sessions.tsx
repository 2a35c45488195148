import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { Age } from "@/shared/ui/Age";
import { Confirm } from "@/shared/ui/Confirm";
import { Problem } from "@/shared/ui/Problem";
import { useEndOthers, useEndSession, useSessions, type SessionRow } from "../api/profile";
import { Section } from "./Section";
import classes from "./Profile.module.css";

/** So many are shown at first. */
const FEW = 5;

/** What is asked about before it ends: one session, or all but this. */
type Asked = SessionRow | "others" | null;

export function Sessions() {
  const sessions = useSessions();
  const [asked, setAsked] = useState<Asked>(null);
  const [isWhole, setWhole] = useState(false);
  const rows = sessions.data?.results ?? [];
  const shown = isWhole ? rows : rows.slice(0, FEW);
  const close = () => setAsked(null);
  return (
    <Section title={t("profile.sessions")}>
      <Problem error={sessions.error} />
      {sessions.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      <ul className={classes.sessions}>
        {shown.map((row) => (
          <SessionItem key={row.id} row={row} onEnd={() => setAsked(row)} />
        ))}
      </ul>
      {rows.length > 1 && (
        <div className={classes.buttons}>
          {shown.length < rows.length && (
            <Button size="sm" variant="subtle" onClick={() => setWhole(true)}>
              {t("profile.allSessions", { count: rows.length })}
            </Button>
          )}
          <Button size="sm" variant="default" onClick={() => setAsked("others")}>
            {t("profile.endOthers")}
          </Button>
        </div>
      )}
      {asked === "others" && <EndOthers count={rows.length - 1} onClose={close} />}
      {asked !== null && asked !== "others" && <EndOne row={asked} onClose={close} />}
    </Section>
  );
}

function SessionItem({ row, onEnd }: { row: SessionRow; onEnd: () => void }) {
  return (
    <li className={classes.session}>
      <div>
        <p>
          {row.device}{" "}
          {row.is_current && <span className={classes.mark}>{t("profile.thisDevice")}</span>}
        </p>
        <p>
          {row.ip_address ?? t("profile.noAddress")} · {t("profile.lastUsed")}{" "}
          <Age since={row.last_used_at} isSpelled />
        </p>
      </div>
      {!row.is_current && (
        <Button
          size="xs"
          variant="default"
          aria-label={t("profile.endOne", { device: row.device })}
          onClick={onEnd}
        >
          {t("profile.end")}
        </Button>
      )}
    </li>
  );
}

function EndOne({ row, onClose }: { row: SessionRow; onClose: () => void }) {
  const end = useEndSession();
  return (
    <Confirm
      title={t("profile.endOne", { device: row.device })}
      hint={t("profile.endOthersHint", { count: 1 })}
      confirm={t("profile.endThis")}
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(row.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function EndOthers({ count, onClose }: { count: number; onClose: () => void }) {
  const end = useEndOthers();
  return (
    <Confirm
      title={t("profile.endOthers")}
      hint={t("profile.endOthersHint", { count })}
      confirm={t("profile.endOthers")}
      isBusy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
