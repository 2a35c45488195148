import classes from "./Keys.module.css";

const isMac = navigator.userAgent.includes("Mac");
const NAMES: Record<string, string> = {
  mod: isMac ? "⌘" : "Ctrl",
  Enter: "↵",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
};

const shown = (key: string) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** A shortcut as it is printed on keys. */
export function Keys({ keys }: { keys: string }) {
  const parts = keys.split(/[ +]/);
  return (
    <span className={classes.keys}>
      {parts.map((part, index) => (
        <kbd key={index} className={classes.key}>
          {shown(part)}
        </kbd>
      ))}
    </span>
  );
}
