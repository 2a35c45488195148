import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { AdminLink } from "@/features/admin/AdminLink";
import { Bell } from "@/features/notifications/components/Bell";
import { reauthentication } from "@/shared/api/reauthentication";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { useObservable } from "@/shared/lib/observable";
import { Boundary } from "@/shared/ui/Boundary";
import { Icon } from "@/shared/ui/Icon";
import { Keys } from "@/shared/ui/Keys";
import { useFetchAhead } from "./ahead";
import { useShellCommands } from "./commands";
import { Offline } from "./Offline";
import { usePanels } from "./panels";
import { useShortcutKeys } from "./shortcutKeys";
import { UserMenu } from "./UserMenu";
import classes from "./Shell.module.css";

const Palette = lazy(() => import("./Palette"));
const SignInAgain = lazy(() => import("@/features/auth/components/SignInAgain"));
const Reauthentication = lazy(() => import("@/shared/proof/Reauthentication"));
const HelpSheet = lazy(() => import("./HelpSheet"));

export function Shell() {
  const panels = usePanels();
  const state = useObservable(session.state);
  const wantsProof = useObservable(reauthentication.isAsked);
  useShellCommands(panels);
  useShortcutKeys();
  useFetchAhead();
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t("app.skip")}
      </a>
      <header className={classes.bar}>
        <Link to="/" className={classes.brand} aria-label={t("app.name")}>
          <img src="/favicon.svg" alt="" width={22} height={22} />
        </Link>
        <nav className={classes.nav} aria-label={t("nav.main")}>
          <Link to="/" className={classes.link} activeProps={{ "data-active": true }}>
            {t("nav.queue")}
          </Link>
          <AdminLink className={classes.link} />
        </nav>
        <button type="button" className={classes.search} onClick={() => panels.open("palette")}>
          <Icon name="search" size={14} />
          <span className={classes.searchText}>{t("nav.search")}</span>
          <span className={classes.kbd}>
            <Keys keys="mod+k" />
          </span>
        </button>
        <div className={classes.right}>
          <Offline />
          <Bell />
          <UserMenu onHelp={() => panels.open("help")} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.content}>
        <Outlet />
      </main>
      <Boundary>
        <Suspense fallback={null}>
          {state.status === "expired" && <SignInAgain username={state.person.username} />}
          {wantsProof && <Reauthentication />}
        </Suspense>
      </Boundary>
      <Boundary key={panels.shown}>
        <Suspense fallback={null}>
          {panels.shown === "palette" && <Palette onClose={panels.close} />}
          {panels.shown === "help" && <HelpSheet onClose={panels.close} />}
        </Suspense>
      </Boundary>
    </div>
  );
}
