import { useAllCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { Dialog } from "@/shared/ui/Dialog";
import { Keys } from "@/shared/ui/Keys";
import classes from "./HelpSheet.module.css";

/** What the keys do on this page: the registry, printed. */
export default function HelpSheet({ onClose }: { onClose: () => void }) {
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog title={t("commands.help")} onClose={onClose}>
      {groups.map((group) => (
        <section key={group} className={classes.group}>
          <h3>{t(group)}</h3>
          <dl>
            {commands
              .filter((command) => command.group === group)
              .map(({ id, title, keys }) => (
                <div key={id} className={classes.row}>
                  <dt>{t(title)}</dt>
                  <dd>{keys !== undefined && <Keys keys={keys} />}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
