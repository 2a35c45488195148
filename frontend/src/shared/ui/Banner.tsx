import type { ReactNode } from "react";
import { Icon } from "./Icon";
import classes from "./Banner.module.css";

interface Props {
  tone: "warn" | "late" | "ok";
  children: ReactNode;
}

/** One line above the content that is announced when it appears. */
export function Banner({ tone, children }: Props) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      <Icon name={tone === "ok" ? "check" : "alert"} size={14} />
      <div className={classes.text}>{children}</div>
    </div>
  );
}
