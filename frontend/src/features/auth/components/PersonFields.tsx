import { TextInput } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import classes from "./SignIn.module.css";

interface Props {
  faults: Readonly<Record<string, string[]>>;
  withEmail?: boolean;
  firstName?: string;
  lastName?: string;
}

/** What a new person says of themselves. */
export function PersonFields({ faults, withEmail = false, firstName = "", lastName = "" }: Props) {
  return (
    <>
      <TextInput
        name="username"
        label={t("account.username")}
        error={faults["username"]?.[0]}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      {withEmail && (
        <TextInput
          name="email"
          type="email"
          label={t("account.email")}
          error={faults["email"]?.[0]}
          autoComplete="email"
        />
      )}
      <div className={classes.pair}>
        <TextInput
          name="first_name"
          label={t("account.firstName")}
          defaultValue={firstName}
          error={faults["first_name"]?.[0]}
          autoComplete="given-name"
        />
        <TextInput
          name="last_name"
          label={t("account.lastName")}
          defaultValue={lastName}
          error={faults["last_name"]?.[0]}
          autoComplete="family-name"
        />
      </div>
    </>
  );
}
