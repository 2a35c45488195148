import { Link } from "@tanstack/react-router";
import classes from "./Admin.module.css";

interface Props {
  label: string;
  to: "/admin/invitations" | "/admin/registrations";
  tabs: readonly { state: string; title: string }[];
  active: string;
}

/** The states of a list; which one is shown is in the address. */
export function Tabs({ label, to, tabs, active }: Props) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ state, title }, index) => (
        <Link
          key={state}
          to={to}
          search={index === 0 ? {} : { state }}
          className={classes.tab}
          data-active={state === active || undefined}
          aria-current={state === active ? "page" : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
