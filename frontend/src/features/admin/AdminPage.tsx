import "./texts";
import { VisuallyHidden } from "@mantine/core";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { t } from "@/shared/lib/i18n";
import { useObservable } from "@/shared/lib/observable";
import { Banner } from "@/shared/ui/Banner";
import { notice } from "./model/notice";
import { meets, useRights } from "./model/rights";
import { SECTIONS, type Section } from "./model/sections";
import { Forbidden } from "./parts/Guard";
import { useWaitingCount } from "./registrations/api";
import classes from "./parts/Admin.module.css";

const SAID_FOR_MS = 12_000;

function Notice() {
  const text = useObservable(notice);
  const { pathname } = useLocation();
  useEffect(() => notice.set(null), [pathname]);
  useEffect(() => {
    if (text === null) return undefined;
    const wait = setTimeout(() => notice.set(null), SAID_FOR_MS);
    return () => clearTimeout(wait);
  }, [text]);
  if (text === null) return null;
  return (
    <div className={classes.notice}>
      <Banner tone="ok">{text}</Banner>
    </div>
  );
}

/** On a phone the links lie in one row: the one of the page shown is brought into sight. */
function useActiveInSight() {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const active = list.current?.querySelector("[data-active]");
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return list;
}

function SideLink({ section, waiting }: { section: Section; waiting: number }) {
  return (
    <li>
      <Link to={section.to} className={classes.sideLink} activeProps={{ "data-active": true }}>
        {t(section.title)}
        {waiting > 0 && (
          <span className={classes.count}>
            <span aria-hidden>{waiting}</span>
            <VisuallyHidden>{t("admin.registrations.waiting", { count: waiting })}</VisuallyHidden>
          </span>
        )}
      </Link>
    </li>
  );
}

/** The frame of every page of administration: who may see which of them. */
export function AdminPage() {
  const rights = useRights();
  const waiting = useWaitingCount(rights.isHome);
  const list = useActiveInSight();
  if (rights.systems.length === 0) return <Forbidden />;
  return (
    <div className={classes.layout}>
      <nav className={classes.side} aria-label={t("administration.title")}>
        <p className={classes.sideTitle}>{t("administration.title")}</p>
        <ul ref={list} className={classes.sideList}>
          {SECTIONS.filter(({ need }) => meets(rights, need)).map((section) => (
            <SideLink
              key={section.to}
              section={section}
              waiting={section.to === "/admin/registrations" ? waiting : 0}
            />
          ))}
        </ul>
      </nav>
      <div className={classes.main}>
        <Notice />
        <Outlet />
      </div>
    </div>
  );
}
