import { PasswordInput } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";

interface Props {
  name: string;
  faults: readonly string[] | undefined;
}

/** A password that is being chosen, with every reason why it is not good enough. */
export function NewPassword({ name, faults }: Props) {
  return (
    <PasswordInput
      name={name}
      label={t("account.newPassword")}
      description={t("account.passwordHint")}
      error={faults?.join(" ")}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": t("session.show"), tabIndex: 0 }}
    />
  );
}
