import "../texts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import { Message } from "@/shared/ui/Message";
import { meets, useRights, type Need } from "../model/rights";

export function Forbidden({ need = "any" }: { need?: Need }) {
  const hint = need === "home" ? "admin.forbiddenHome" : "admin.forbiddenHint";
  return (
    <Message alert icon="lock" title={t("admin.forbidden")} hint={t(hint)}>
      <Link to="/">{t("error.home")}</Link>
    </Message>
  );
}

/** Shows its content to those who may see it, and to others why they do not. */
export function Guard({ need, children }: { need: Need; children: ReactNode }) {
  return meets(useRights(), need) ? children : <Forbidden need={need} />;
}
