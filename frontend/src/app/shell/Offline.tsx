import { t } from "@/shared/lib/i18n";
import { useOnline } from "@/shared/lib/online";
import { Icon } from "@/shared/ui/Icon";
import classes from "./Shell.module.css";

/** Said in the bar, where it moves nothing on the page. */
export function Offline() {
  const isOnline = useOnline();
  return (
    <span role="status">
      {!isOnline && (
        <span className={classes.offline} title={t("nav.offlineHint")}>
          <Icon name="alert" size={14} />
          <span>{t("nav.offline")}</span>
        </span>
      )}
    </span>
  );
}
