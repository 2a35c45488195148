import type { ReactNode } from "react";
import { usePageTitle } from "@/shared/lib/title";
import classes from "./SignIn.module.css";
import "@/shared/lib/texts.people";

/** The page of whoever is not signed in: one card in the middle. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/favicon.svg" alt="" className={classes.mark} />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
