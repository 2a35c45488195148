import type { ReactNode } from "react";
import { usePageTitle } from "@/shared/lib/title";
import classes from "./Admin.module.css";

interface Props {
  title: string;
  hint?: string;
  /** What can be done on the page as a whole. */
  children?: ReactNode;
}

export function PageHead({ title, hint, children }: Props) {
  usePageTitle(title);
  return (
    <header className={classes.head}>
      <div>
        <h1 className={classes.title}>{title}</h1>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
      {children !== undefined && <div className={classes.headActions}>{children}</div>}
    </header>
  );
}
