import { Link } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { useAdminCommands } from "./commands";
import { useRights } from "./model/rights";

/** The way to administration, for those who administer something. */
export function AdminLink({ className }: { className?: string }) {
  const { systems } = useRights();
  useAdminCommands();
  if (systems.length === 0) return null;
  return (
    <Link to="/admin" className={className} activeProps={{ "data-active": true }}>
      {t("administration.title")}
    </Link>
  );
}
