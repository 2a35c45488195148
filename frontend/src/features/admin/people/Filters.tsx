import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { t } from "@/shared/lib/i18n";
import { Icon } from "@/shared/ui/Icon";
import { useRoles, useSystemName, useSystems } from "../model/useSystems";
import classes from "../parts/Admin.module.css";
import { readPeople, type PeopleSearch } from "./search";

const TYPING_PAUSE_MS = 250;

interface Props {
  search: PeopleSearch;
  onChange: (search: PeopleSearch) => void;
}

/**
 * The words of the search as they are typed. The address follows after a pause, or at once when
 * the field is left: while another page is on its way this one must not be asked for again.
 */
function useTyped({ search, onChange }: Props) {
  const known = search.q ?? "";
  const [typed, setTyped] = useState(known);
  const [from, setFrom] = useState(known);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pending.current), []);
  if (from !== known) {
    setFrom(known);
    if (typed.trim() !== known) setTyped(known);
  }

  function commit(text: string) {
    clearTimeout(pending.current);
    pending.current = undefined;
    onChange(readPeople({ ...search, q: text, page: undefined }));
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

export function Filters({ search, onChange }: Props) {
  const { typed, type, leave } = useTyped({ search, onChange });
  const systems = useSystems();
  const roles = useRoles();
  const systemName = useSystemName();
  const set = (change: object) => onChange(readPeople({ ...search, page: undefined, ...change }));
  const listed = (roles.data ?? []).filter(
    ({ system }) => search.system === undefined || system === search.system,
  );
  return (
    <div className={classes.filters} role="search" aria-label={t("admin.people.filter")}>
      <TextInput
        className={classes.grow}
        type="search"
        label={t("admin.search")}
        placeholder={t("admin.people.searchHint")}
        leftSection={<Icon name="search" size={14} />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={leave}
      />
      <NativeSelect
        label={t("admin.state")}
        value={search.state ?? ""}
        onChange={(event) => set({ state: event.currentTarget.value })}
        data={[
          { value: "", label: t("admin.all") },
          { value: "active", label: t("admin.people.active") },
          { value: "inactive", label: t("admin.people.inactive") },
        ]}
      />
      <NativeSelect
        label={t("admin.system")}
        value={search.system ?? ""}
        onChange={(event) => set({ system: event.currentTarget.value, role: undefined })}
        data={[
          { value: "", label: t("admin.all") },
          ...(systems.data ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
      />
      <NativeSelect
        label={t("admin.role")}
        value={search.role ?? ""}
        onChange={(event) => set({ role: event.currentTarget.value })}
        data={[
          { value: "", label: t("admin.all") },
          ...listed.map(({ id, name, system }) => ({
            value: String(id),
            label: `${name} (${systemName(system)})`,
          })),
        ]}
      />
    </div>
  );
}
