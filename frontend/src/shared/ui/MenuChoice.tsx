import { Menu } from "@mantine/core";
import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

const Radio = forwardRef<HTMLButtonElement, ComponentPropsWithoutRef<"button">>(
  function Radio(props, ref) {
    return <button type="button" {...props} ref={ref} role="menuitemradio" />;
  },
);

const Checkbox = forwardRef<HTMLButtonElement, ComponentPropsWithoutRef<"button">>(
  function Checkbox(props, ref) {
    return <button type="button" {...props} ref={ref} role="menuitemcheckbox" />;
  },
);

interface Props {
  kind: "radio" | "checkbox";
  isOn: boolean;
  icon?: IconName;
  children: ReactNode;
  onClick: () => void;
}

/** A menu item that can be on or off, and says so. The menu stays open. */
export function MenuChoice({ kind, isOn, icon, children, onClick }: Props) {
  return (
    <Menu.Item
      component={kind === "radio" ? Radio : Checkbox}
      aria-checked={isOn}
      closeMenuOnClick={false}
      leftSection={icon && <Icon name={icon} />}
      rightSection={isOn && <Icon name="check" size={14} />}
      onClick={onClick}
    >
      {children}
    </Menu.Item>
  );
}
