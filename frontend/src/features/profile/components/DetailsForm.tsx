import { Button, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import type { components } from "@/shared/api/generated/auth";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { useSaveProfile } from "../api/profile";
import { Section } from "./Section";
import classes from "./Profile.module.css";

type Me = components["schemas"]["UserDetailOut"];

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

export function DetailsForm({ me }: { me: Me }) {
  const save = useSaveProfile();
  const [values, setValues] = useState({
    first_name: me.first_name,
    last_name: me.last_name,
    phone: me.phone,
    time_zone: me.time_zone,
  });
  const faults = save.error instanceof ApiError ? save.error.fields : {};
  const field = (name: "first_name" | "last_name" | "phone") => ({
    value: values[name],
    error: faults[name]?.[0],
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(values);
  }

  return (
    <Section title={t("profile.details")}>
      <p className={classes.hint}>
        {me.username} · {me.email}
      </p>
      <form className={classes.form} onSubmit={submit} noValidate>
        {save.isError && Object.keys(faults).length === 0 && (
          <Banner tone="late">{problemText(save.error)}</Banner>
        )}
        {save.isSuccess && <Banner tone="ok">{t("profile.saved")}</Banner>}
        <div className={classes.pair}>
          <TextInput
            label={t("account.firstName")}
            autoComplete="given-name"
            {...field("first_name")}
          />
          <TextInput
            label={t("account.lastName")}
            autoComplete="family-name"
            {...field("last_name")}
          />
        </div>
        <div className={classes.pair}>
          <TextInput label={t("profile.phone")} type="tel" autoComplete="tel" {...field("phone")} />
          <Select
            label={t("profile.zone")}
            data={ZONES}
            searchable
            allowDeselect={false}
            value={values.time_zone}
            error={faults["time_zone"]?.[0]}
            onChange={(zone) => zone !== null && setValues({ ...values, time_zone: zone })}
          />
        </div>
        <div className={classes.buttons}>
          <Button type="submit" size="sm" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
