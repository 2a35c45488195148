import { useEffect, useState } from "react";
import { ApiError, UNREACHABLE, type CodeAsked } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { span } from "@/shared/lib/time";
import "@/shared/lib/texts.people";

/** Asked for only when the account has a second factor: what its code is sent with. */
export const codeAskedBy = (error: unknown): CodeAsked | null =>
  error instanceof ApiError && error.code === "OTP_REQUIRED" ? error.codeAsked : null;

/** In answer to a code: too many wrong ones, or too late; the password is asked for again. */
export const isOver = (error: unknown): boolean =>
  error instanceof ApiError && error.code === "AUTH_FAILED";

export function waitText(seconds: number | null): string {
  return seconds === null
    ? t("session.waitSome")
    : t("session.wait", { span: span(seconds * 1_000) });
}

/** Why nobody was signed in, in words that help and tell nothing to a stranger. */
export function signInProblem(error: unknown, withCode: boolean): string {
  if (!(error instanceof ApiError)) return problemText(error);
  if (error.code === UNREACHABLE || error.status >= 500) return t("session.unreachable");
  if (error.status === 429) return waitText(error.retryAfterSeconds);
  if (error.code === "OTP_INVALID") return t("session.wrongCode");
  if (error.code === "AUTH_FAILED" && !withCode) return t("session.wrong");
  return error.message;
}

/** Why a form of somebody without a session was not taken. */
export function openProblem(error: unknown): string {
  if (error instanceof ApiError && error.status === 429) return waitText(error.retryAfterSeconds);
  if (error instanceof ApiError && error.status >= 500) return t("session.unreachable");
  return problemText(error);
}

/** The one-time token behind `#token=`, taken out of the address before anybody can see it there. */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get("token") ?? "");
  useEffect(() => {
    if (location.hash !== "") history.replaceState(history.state, "", location.pathname);
  }, []);
  return token;
}
