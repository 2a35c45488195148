import { Menu, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { useObservable } from "@/shared/lib/observable";
import { Avatar } from "@/shared/ui/Avatar";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { setSingleKeys, singleKeys } from "./shortcutKeys";
import classes from "./Shell.module.css";

const SCHEMES: [MantineColorScheme, IconName][] = [
  ["auto", "system"],
  ["light", "sun"],
  ["dark", "moon"],
];

function roleNames(): string {
  const { person } = session.state.get();
  return (person?.roles ?? []).map(({ role }) => role).join(", ");
}

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { person } = useObservable(session.state);
  const keysOn = useObservable(singleKeys);
  const name = person?.username ?? "";
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`${t("nav.user")}: ${name}`}>
          <Avatar name={name} size={26} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{name}</strong>
          <span>{roleNames()}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("theme.title")}</Menu.Label>
        {SCHEMES.map(([scheme, icon]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            closeMenuOnClick={false}
            leftSection={<Icon name={icon} />}
            rightSection={colorScheme === scheme && <Icon name="check" size={14} />}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onHelp}>
          {t("commands.help")}
        </Menu.Item>
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={keysOn}
          closeMenuOnClick={false}
          leftSection={<Icon name="keyboard" />}
          rightSection={
            <span className={classes.dim}>{t(keysOn ? "commands.on" : "commands.off")}</span>
          }
          onClick={() => setSingleKeys(!keysOn)}
        >
          {t("commands.shortcuts")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => void session.signOut()}>
          {t("session.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
