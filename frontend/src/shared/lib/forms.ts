/** Reading what was typed into a form. */
export function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

/** A one-time or recovery code, without the blanks that people type into it. */
export const codeOf = (form: HTMLFormElement, name = "code"): string =>
  textOf(form, name).replaceAll(/\s/g, "");
