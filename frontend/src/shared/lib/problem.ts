import { ApiError, UNREACHABLE } from "@/shared/api/errors";
import { t } from "./i18n";

/** What to tell a person about a failure: the server's own sentence where there is one. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === UNREACHABLE) return t("error.unreachable");
  return error.message;
}
