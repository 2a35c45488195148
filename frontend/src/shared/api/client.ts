/** One typed client per service, all through one transport that knows the session. */
import createClient from "openapi-fetch";
import { learnServerTime } from "@/shared/lib/clock";
import { ApiError, REAUTHENTICATION_REQUIRED, toApiError, UNREACHABLE } from "./errors";
import type { paths as AuthPaths } from "./generated/auth";
import type { paths as MessagingPaths } from "./generated/messaging";
import type { paths as NotificationPaths } from "./generated/notification";
import type { paths as WorkflowPaths } from "./generated/workflow";
import { overdue } from "./patience";
import { reauthentication } from "./reauthentication";
import { session, type Session } from "./session";

const isUpload = (request: Request): boolean =>
  request.headers.get("Content-Type")?.startsWith("multipart/") ?? false;

/** Ends with the caller's interest, or when no answer came; a file may take as long as it takes. */
const endOf = (request: Request): AbortSignal =>
  isUpload(request) ? request.signal : AbortSignal.any([request.signal, overdue()]);

async function reach(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: endOf(request) });
    learnServerTime(response.headers.get("Date"));
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, UNREACHABLE, error instanceof Error ? error.message : String(error));
  }
}

function withToken(request: Request, token: string): Request {
  const authorised = request.clone();
  authorised.headers.set("Authorization", `Bearer ${token}`);
  return authorised;
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return toApiError(response, body).code;
}

/** Not every 401 is about the token: an act may want the code of the second factor with it. */
const refusesToken = async (response: Response): Promise<boolean> =>
  response.status === 401 && (await codeOf(response)) !== "OTP_REQUIRED";

const wantsProof = async (response: Response): Promise<boolean> =>
  response.status === 403 && (await codeOf(response)) === REAUTHENTICATION_REQUIRED;

/**
 * fetch with the caller's token; a refused token is replaced and the request sent once more. So it
 * is when the server wants the password once more and `prove` could show it.
 */
export function transport(
  current: Session,
  prove: () => Promise<boolean>,
): (request: Request) => Promise<Response> {
  async function signed(request: Request): Promise<Response> {
    const token = await current.accessToken();
    const response = await reach(withToken(request, token));
    if (!(await refusesToken(response))) return response;
    return reach(withToken(request, await current.replace(token)));
  }
  return async (request) => {
    const response = await signed(request);
    if (!(await wantsProof(response)) || !(await prove())) return response;
    return signed(request);
  };
}

const send = transport(session, reauthentication.ask);
const at = (prefix: string) => ({ baseUrl: `${location.origin}${prefix}`, fetch: send });

export const auth = createClient<AuthPaths>(at("/auth"));
/** Auth for whoever has no session: forgotten passwords, invitations, registrations. */
export const open = createClient<AuthPaths>({ baseUrl: `${location.origin}/auth`, fetch: reach });
export const workflow = createClient<WorkflowPaths>(at("/workflow"));
export const messaging = createClient<MessagingPaths>(at("/messaging"));
export const notification = createClient<NotificationPaths>(at("/notification"));

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; anything else throws ApiError. */
export async function bodyOf<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw toApiError(response, error);
  return data as T;
}

/** Sent with a write, so that a repeated request is done once. */
export const idempotent = (key: string) => ({ "Idempotency-Key": key });

export function newKey(): string {
  // randomUUID needs a secure context; a plain-HTTP installation on a LAN has none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
