import { useEffect, useState } from "react";
import { t } from "@/shared/lib/i18n";
import type { LiveState } from "@/shared/realtime/live";
import { Banner } from "@/shared/ui/Banner";
import classes from "./Ticket.module.css";

/** Tokens end and networks change: only what lasts is worth a line. */
const PATIENCE_MS = 3_000;

export function LiveBanner({ state }: { state: LiveState }) {
  const isDown = state === "down" || state === "connecting";
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isDown) return undefined;
    const timer = setTimeout(() => setLasts(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isDown]);
  if (state === "refused") return <Line text={t("ticket.refused")} />;
  return isDown && lasts ? <Line text={t("ticket.down")} /> : null;
}

function Line({ text }: { text: string }) {
  return (
    <div className={classes.banner}>
      <Banner tone="warn">{text}</Banner>
    </div>
  );
}
