import { ApiError, isWordless, SIGNED_OUT, UNREACHABLE } from "@/shared/api/errors";
import { t } from "./i18n";

const SERVER_FAULT = 500;

function wordless({ status }: ApiError): string {
  return status >= SERVER_FAULT ? t("error.server") : t("error.refused", { status });
}

/** What to tell a person about a failure: the server's own sentence where there is one. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t("error.unexpected");
  if (error.code === UNREACHABLE) return t("error.unreachable");
  if (error.code === SIGNED_OUT) return t("error.signedOut");
  return isWordless(error) ? wordless(error) : error.message;
}
