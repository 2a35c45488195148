import { Menu, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { me } from "@/shared/api/me";
import { usePicture } from "@/shared/api/picture";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { fullName } from "@/shared/lib/names";
import { useObservable } from "@/shared/lib/observable";
import { Avatar } from "@/shared/ui/Avatar";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { MenuChoice } from "@/shared/ui/MenuChoice";
import { useMenuFocus } from "@/shared/ui/menuFocus";
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
  const username = person?.username ?? "";
  const own = useQuery({ ...me, enabled: (person?.roles.length ?? 0) > 0 });
  const name = own.data === undefined ? username : fullName(own.data);
  const focus = useMenuFocus();
  const picture = usePicture(person?.id ?? 0, Boolean(own.data?.picture));
  return (
    <Menu position="bottom-end" width={240} {...focus.menu}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`${t("nav.user")}: ${username}`}>
          <Avatar name={name} size={26} src={picture} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{name}</strong>
          {name !== username && <span>{username}</span>}
          <span>{roleNames()}</span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<Icon name="user" />}>
          {t("nav.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("theme.title")}</Menu.Label>
        {SCHEMES.map(([scheme, icon]) => (
          <MenuChoice
            key={scheme}
            kind="radio"
            icon={icon}
            isOn={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`theme.${scheme}`)}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="help" />} onClick={focus.choose(onHelp)}>
          {t("commands.help")}
        </Menu.Item>
        <MenuChoice
          kind="checkbox"
          icon="keyboard"
          isOn={keysOn}
          onClick={() => setSingleKeys(!keysOn)}
        >
          {t("commands.shortcuts")}
        </MenuChoice>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => void session.signOut()}>
          {t("session.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
