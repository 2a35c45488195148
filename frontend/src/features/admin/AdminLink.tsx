import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { t } from "@/shared/lib/i18n";
import { useRights } from "./model/rights";

// Most people administer nothing: they do not download what can be done there.
const AdminCommands = lazy(() => import("./AdminCommands"));

/** The way to administration, for those who administer something. */
export function AdminLink({ className }: { className?: string }) {
  const { systems } = useRights();
  if (systems.length === 0) return null;
  return (
    <>
      <Link to="/admin" className={className} activeProps={{ "data-active": true }}>
        {t("administration.title")}
      </Link>
      <Suspense fallback={null}>
        <AdminCommands />
      </Suspense>
    </>
  );
}
