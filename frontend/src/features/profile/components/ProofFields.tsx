import { PasswordInput, TextInput } from "@mantine/core";
import { t } from "@/shared/lib/i18n";

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

export function CodeField({ error }: { error?: string | undefined }) {
  return (
    <TextInput
      name="code"
      label={t("session.code")}
      inputMode="numeric"
      autoComplete="one-time-code"
      error={error}
      data-autofocus
    />
  );
}

/** A text field of a form, without blanks for codes. */
export function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
