import { Button, Loader, NativeSelect, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import { memberName } from "@/shared/api/members";
import type { Member } from "@/shared/api/types";
import { serverNow } from "@/shared/lib/clock";
import { textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { Banner } from "@/shared/ui/Banner";
import { Problem } from "@/shared/ui/Problem";
import {
  useAvailability,
  useColleagues,
  useSetAvailability,
  type Availability,
} from "../api/availability";
import { fromField, presenceOf, toField } from "../model/absence";
import { Section } from "./Section";
import classes from "./Profile.module.css";

const NOT_AWAY = { absent_from: null, absent_until: null, substitute_id: null };

/** When one can be given work, and who has it meanwhile. */
export function AvailabilityForm() {
  const own = useAvailability();
  return (
    <Section title={t("availability.title")}>
      {own.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      <Problem error={own.error} />
      {own.data !== undefined && <Fields key={JSON.stringify(own.data)} own={own.data} />}
    </Section>
  );
}

function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

function Fields({ own }: { own: Availability }) {
  const colleagues = useColleagues();
  const set = useSetAvailability();
  const faults = set.error instanceof ApiError ? set.error.fields : {};
  const away = presenceOf(own, serverNow());

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    set.mutate({
      absent_from: fromField(textOf(form, "absent_from")),
      absent_until: fromField(textOf(form, "absent_until")),
      substitute_id: numberOf(textOf(form, "substitute_id")),
      max_open_tasks: numberOf(textOf(form, "max_open_tasks")),
    });
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <Now own={own} colleagues={colleagues} />
      {Object.keys(faults).length === 0 && <Problem error={set.error} />}
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          name="absent_from"
          label={t("availability.from")}
          defaultValue={toField(own.absent_from)}
          error={faults["absent_from"]?.[0]}
        />
        <TextInput
          type="datetime-local"
          name="absent_until"
          label={t("availability.until")}
          defaultValue={toField(own.absent_until)}
          error={faults["absent_until"]?.[0]}
        />
        <Substitute own={own} colleagues={colleagues} error={faults["substitute_id"]?.[0]} />
        <TextInput
          type="number"
          min={0}
          name="max_open_tasks"
          label={t("availability.most")}
          placeholder={t("availability.noLimit")}
          defaultValue={own.max_open_tasks ?? ""}
          error={faults["max_open_tasks"]?.[0]}
        />
      </div>
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="default" loading={set.isPending}>
          {t("availability.save")}
        </Button>
        {away !== "here" && (
          <Button
            size="sm"
            variant="subtle"
            disabled={set.isPending}
            onClick={() => set.mutate(NOT_AWAY)}
          >
            {t(away === "away" ? "availability.back" : "availability.clear")}
          </Button>
        )}
      </div>
    </form>
  );
}

interface NowProps {
  own: Availability;
  colleagues: readonly Member[];
}

const nameIn = (colleagues: readonly Member[], userId: number | null): string => {
  const found = colleagues.find((each) => each.user_id === userId);
  return found === undefined ? "" : memberName(found);
};

/** One sentence on where one stands. */
function Now({ own, colleagues }: NowProps) {
  const presence = presenceOf(own, serverNow());
  const from = own.absent_from === null ? "" : exactTime(own.absent_from);
  const until = own.absent_until === null ? t("availability.open") : exactTime(own.absent_until);
  const name = nameIn(colleagues, own.substitute_id);
  const stands = name === "" ? "" : ` ${t("availability.standsIn", { name })}`;
  const text = `${t(`availability.${presence}`, { from, until })}${stands}`;
  if (presence === "away") return <Banner tone="warn">{text}</Banner>;
  return <p className={classes.hint}>{text}</p>;
}

function Substitute({ own, colleagues, error }: NowProps & { error: string | undefined }) {
  const known = own.substitute_id === null || nameIn(colleagues, own.substitute_id) !== "";
  const others = known
    ? []
    : [{ value: String(own.substitute_id), label: t("availability.somebody") }];
  return (
    <NativeSelect
      // Its choices come later than the form, and a choice cannot be set before it is there.
      key={colleagues.length}
      name="substitute_id"
      label={t("availability.substitute")}
      defaultValue={own.substitute_id ?? ""}
      error={error}
      data={[
        { value: "", label: t("common.nobody") },
        ...others,
        ...colleagues.map((each) => ({ value: String(each.user_id), label: memberName(each) })),
      ]}
    />
  );
}
