import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import classes from "./Message.module.css";

interface Props {
  icon: IconName;
  title: string;
  hint?: string;
  children?: ReactNode;
  /** Failures are announced; empty lists are not. */
  alert?: boolean;
}

/** What stands where a list or a page would be: empty, forbidden, failed. */
export function Message({ icon, title, hint, children, alert = false }: Props) {
  return (
    <div className={classes.message} role={alert ? "alert" : undefined}>
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <p className={classes.title}>{title}</p>
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      {children !== undefined && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
