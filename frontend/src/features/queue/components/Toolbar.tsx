import { Button, Menu } from "@mantine/core";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useCommands } from "@/shared/lib/commands";
import { t, tOr } from "@/shared/lib/i18n";
import { Icon } from "@/shared/ui/Icon";
import { MenuChoice } from "@/shared/ui/MenuChoice";
import {
  choicesOf,
  cleared,
  isFiltered,
  toggled,
  type FilterName,
  type QueueSearch,
} from "../model/search";
import classes from "./Queue.module.css";

interface Props {
  search: QueueSearch;
  onChange: (next: QueueSearch) => void;
  onShowNew: () => void;
  field: RefObject<HTMLInputElement>;
}

const TYPING_PAUSE_MS = 250;
const FILTERS: readonly FilterName[] = ["priority", "status"];

/**
 * The address follows what is typed after a pause, or at once when the field is left. Only typing
 * sets it off: while another page is on its way the old address must not be asked for again.
 */
function useTypedSearch(search: QueueSearch, onChange: (next: QueueSearch) => void) {
  const [typed, setTyped] = useState(search.q ?? "");
  const [known, setKnown] = useState(search.q);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pending.current), []);
  if (known !== search.q) {
    setKnown(search.q);
    if ((search.q ?? "") !== typed.trim()) setTyped(search.q ?? "");
  }

  function commit(text: string) {
    clearTimeout(pending.current);
    pending.current = undefined;
    onChange({ ...search, q: text.trim() === "" ? undefined : text.trim() });
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(pending.current);
    pending.current = setTimeout(() => commit(text), TYPING_PAUSE_MS);
  }

  function leave() {
    if (pending.current !== undefined) commit(typed);
  }

  return { typed, type, leave };
}

function SearchField({ search, onChange, field }: Pick<Props, "search" | "onChange" | "field">) {
  const { typed, type, leave } = useTypedSearch(search, onChange);
  return (
    <label className={classes.searchBox}>
      <Icon name="search" size={14} />
      <input
        ref={field}
        type="search"
        className={classes.searchInput}
        aria-label={t("queue.search")}
        placeholder={t("queue.search")}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </label>
  );
}

const wordOf = (name: FilterName, choice: string) => tOr(`${name}.${choice}`, choice);

function FilterMenu({ search, onChange }: Pick<Props, "search" | "onChange">) {
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="filter" size={14} />}>
          {t("queue.filter")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILTERS.map((name) => (
          <div key={name}>
            <Menu.Label>{t(`queue.${name}`)}</Menu.Label>
            {choicesOf(name, search).map((choice) => {
              const isOn = search[name] === choice;
              return (
                <MenuChoice
                  key={choice}
                  kind="radio"
                  isOn={isOn}
                  onClick={() => onChange(toggled(search, name, choice))}
                >
                  {wordOf(name, choice)}
                </MenuChoice>
              );
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Chip({
  name,
  search,
  onChange,
}: Pick<Props, "search" | "onChange"> & { name: FilterName }) {
  const choice = search[name];
  if (choice === undefined) return null;
  const label = t(`queue.${name}`);
  return (
    <span className={classes.chip}>
      <span className={classes.chipName}>{label}</span>
      {wordOf(name, choice)}
      <button
        type="button"
        aria-label={t("queue.remove", { name: label })}
        onClick={() => onChange({ ...search, [name]: undefined })}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

export function Toolbar({ search, onChange, onShowNew, field }: Props) {
  useCommands([
    {
      id: "queue-search",
      title: "commands.search",
      group: "commands.list",
      keys: "/",
      run: () => field.current?.focus(),
    },
    {
      id: "queue-new",
      title: "commands.refresh",
      group: "commands.list",
      keys: ".",
      run: onShowNew,
    },
  ]);
  return (
    <div className={classes.toolbar}>
      <SearchField search={search} onChange={onChange} field={field} />
      <FilterMenu search={search} onChange={onChange} />
      <Chip name="priority" search={search} onChange={onChange} />
      <Chip name="status" search={search} onChange={onChange} />
      {isFiltered(search) && (
        <Button variant="subtle" onClick={() => onChange(cleared(search))}>
          {t("queue.clear")}
        </Button>
      )}
    </div>
  );
}
