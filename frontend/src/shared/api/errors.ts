/** The error body that every service answers with (contracts §2), as an exception. */
export interface ErrorBody {
  error: string;
  code: string;
  details?: { field?: string; message?: string; errors?: Record<string, string[]> } | null;
  retry_after?: number | null;
  /** With OTP_REQUIRED: what the code of the second factor is sent with, and where it comes from. */
  otp_session?: string;
  method?: FactorMethod;
}

export type FactorMethod = "totp" | "email";

/** A sign-in that waits for the code of a second factor. */
export interface CodeAsked {
  session: string;
  method: FactorMethod;
}

export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string[]>> = {},
    readonly retryAfterSeconds: number | null = null,
    readonly codeAsked: CodeAsked | null = null,
  ) {
    super(message);
  }
}

/** A dangerous act: the password must be shown once more. */
export const REAUTHENTICATION_REQUIRED = "REAUTHENTICATION_REQUIRED";

/** No answer at all: offline, refused, cut off. */
export const UNREACHABLE = "UNREACHABLE";

/** Nobody is signed in here any more. */
export const SIGNED_OUT = "SIGNED_OUT";

const WORDLESS = "HTTP_";

/** Something before the service answered, such as the gateway: there is no sentence to repeat. */
export const isWordless = (error: ApiError): boolean => error.code.startsWith(WORDLESS);

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === "object" &&
    body !== null &&
    typeof (body as ErrorBody).error === "string" &&
    typeof (body as ErrorBody).code === "string"
  );
}

function retryAfter(response: Response, body: unknown): number | null {
  const header = Number(response.headers.get("Retry-After") ?? Number.NaN);
  if (Number.isFinite(header)) return header;
  return isErrorBody(body) ? (body.retry_after ?? null) : null;
}

function codeAsked({ otp_session: session, method = "totp" }: ErrorBody): CodeAsked | null {
  return session === undefined ? null : { session, method };
}

export function toApiError(response: Response, body: unknown): ApiError {
  const wait = retryAfter(response, body);
  if (!isErrorBody(body)) {
    return new ApiError(
      response.status,
      `${WORDLESS}${response.status}`,
      response.statusText,
      {},
      wait,
    );
  }
  const { code, error, details } = body;
  return new ApiError(response.status, code, error, details?.errors ?? {}, wait, codeAsked(body));
}

export const isStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof ApiError && statuses.includes(error.status);

/** Worth another try without anybody doing anything about it. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === UNREACHABLE || error.status >= 500);

/** Somebody was asked for the password once more and left the dialog: nothing was done. */
export const isGivenUp = (error: unknown): boolean =>
  error instanceof ApiError && error.code === REAUTHENTICATION_REQUIRED;
