import { useId, type ReactNode } from "react";
import classes from "./Profile.module.css";
import "@/shared/lib/texts.people";

/** One part of the profile under its own heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
