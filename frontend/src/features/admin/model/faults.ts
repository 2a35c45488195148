import { ApiError, isGivenUp } from "@/shared/api/errors";
import { problemText } from "@/shared/lib/problem";

export interface Faults {
  /** What is wrong with a field, under the name that the API gives it. */
  of: (field: string) => string | undefined;
  /** What belongs to none of the fields shown. */
  general: string | null;
}

const NONE: Faults = { of: () => undefined, general: null };

/** The server's refusal, shared out among the fields of a form. */
export function faultsOf(error: unknown, fields: readonly string[]): Faults {
  // Whoever would not show the password again knows why nothing was done.
  if (error === null || error === undefined || isGivenUp(error)) return NONE;
  const found = error instanceof ApiError ? error.fields : {};
  // A list's element is refused as `scopes.0`; its field is `scopes`.
  const entries = Object.entries(found).map(
    ([name, texts]) => [name.split(".")[0], texts] as const,
  );
  const strange = entries.filter(([name]) => !fields.includes(name ?? ""));
  const isGeneral = entries.length === 0;
  return {
    of: (field) => entries.find(([name]) => name === field)?.[1].join(" "),
    general: isGeneral
      ? problemText(error)
      : strange.length > 0
        ? strange.flatMap(([, texts]) => texts).join(" ")
        : null,
  };
}
