import { useEffect } from "react";
import { t } from "./i18n";

/** What the tab and the history of the browser call the page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title]);
}
