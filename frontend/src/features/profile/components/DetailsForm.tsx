import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Problem } from "@/shared/ui/Problem";
import { useSaveProfile, type Me } from "../api/profile";
import { LANGUAGES, withOwn, ZONES } from "../model/choices";
import { Picture } from "./Picture";
import { Section } from "./Section";
import classes from "./Profile.module.css";

type Text = "first_name" | "last_name" | "phone";
type Choice = "time_zone" | "language";

function useDetails(me: Me) {
  const save = useSaveProfile();
  const [values, setValues] = useState({
    first_name: me.first_name,
    last_name: me.last_name,
    phone: me.phone,
    time_zone: me.time_zone,
    language: me.language,
  });
  const faults = save.error instanceof ApiError ? save.error.fields : {};
  const change = (name: Text | Choice, value: string) => {
    save.reset();
    setValues({ ...values, [name]: value });
  };
  const text = (name: Text) => ({
    value: values[name],
    error: faults[name]?.[0],
    onChange: (event: { currentTarget: { value: string } }) =>
      change(name, event.currentTarget.value),
  });
  const choice = (name: Choice) => ({
    value: values[name],
    error: faults[name]?.[0],
    onChange: (event: { currentTarget: { value: string } }) =>
      change(name, event.currentTarget.value),
  });
  return { save, faults, text, choice, submit: () => save.mutate(values) };
}

export function DetailsForm({ me }: { me: Me }) {
  const { save, faults, text, choice, submit } = useDetails(me);

  function submitted(event: FormEvent) {
    event.preventDefault();
    submit();
  }

  return (
    <Section title={t("profile.details")}>
      <Picture me={me} />
      <form className={classes.form} onSubmit={submitted} noValidate>
        {Object.keys(faults).length === 0 && <Problem error={save.error} />}
        <div className={classes.pair}>
          <TextInput
            label={t("account.firstName")}
            autoComplete="given-name"
            {...text("first_name")}
          />
          <TextInput
            label={t("account.lastName")}
            autoComplete="family-name"
            {...text("last_name")}
          />
          <TextInput label={t("profile.phone")} type="tel" autoComplete="tel" {...text("phone")} />
          <span className={classes.gap} />
          <NativeSelect
            label={t("profile.zone")}
            data={withOwn(ZONES, me.time_zone)}
            {...choice("time_zone")}
          />
          <NativeSelect
            label={t("profile.language")}
            data={withOwn(LANGUAGES, me.language)}
            {...choice("language")}
          />
        </div>
        {save.isSuccess && <Banner tone="ok">{t("profile.saved")}</Banner>}
        <div className={classes.buttons}>
          <Button type="submit" size="sm" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
