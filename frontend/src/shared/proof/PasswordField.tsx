import { PasswordInput } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";

/** One's own password, as the field `password` of a form. */
export function PasswordField({ error }: { error?: string | undefined }) {
  return (
    <PasswordInput
      name="password"
      label={t("session.password")}
      autoComplete="current-password"
      error={error}
      data-autofocus
      visibilityToggleButtonProps={{ "aria-label": t("session.show"), tabIndex: 0 }}
    />
  );
}
