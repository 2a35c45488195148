import { NativeSelect, Select, TextInput } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import type { Faults } from "../model/faults";
import classes from "../parts/Admin.module.css";

export interface PersonValues {
  username: string;
  email: string;
  first_name: string;
  last_name: string;
  phone: string;
  time_zone: string;
  language: string;
}

export const PERSON_FIELDS = [
  "username",
  "email",
  "first_name",
  "last_name",
  "phone",
  "time_zone",
  "language",
] as const satisfies readonly (keyof PersonValues)[];

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const LANGUAGES = [..."cs da de el en es fi fr hu it ja nb nl pl pt ro ru sv tr uk zh".split(" ")];
const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

const withOwn = (known: readonly string[], own: string) =>
  known.includes(own) ? known : [own, ...known];

interface Props {
  values: PersonValues;
  faults: Faults;
  onChange: (values: PersonValues) => void;
}

export function PersonFields({ values, faults, onChange }: Props) {
  const field = (name: keyof PersonValues) => ({
    value: values[name],
    error: faults.of(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <>
      <div className={classes.pair}>
        <TextInput label={t("account.firstName")} data-autofocus {...field("first_name")} />
        <TextInput label={t("account.lastName")} {...field("last_name")} />
      </div>
      <div className={classes.pair}>
        <TextInput
          label={t("account.username")}
          autoCapitalize="none"
          spellCheck={false}
          required
          {...field("username")}
        />
        <TextInput label={t("account.email")} type="email" required {...field("email")} />
      </div>
      <div className={classes.pair}>
        <TextInput label={t("profile.phone")} type="tel" {...field("phone")} />
        <Select
          label={t("profile.zone")}
          data={withOwn(ZONES, values.time_zone)}
          searchable
          allowDeselect={false}
          value={values.time_zone}
          error={faults.of("time_zone")}
          onChange={(zone) => zone !== null && onChange({ ...values, time_zone: zone })}
        />
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label={t("admin.people.language")}
          data={withOwn(LANGUAGES, values.language).map((value) => ({
            value,
            label: languageNames.of(value) ?? value,
          }))}
          {...field("language")}
        />
      </div>
    </>
  );
}
