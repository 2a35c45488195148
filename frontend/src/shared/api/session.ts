/**
 * Who is signed in. The access token lives in this module's memory only; the refresh token is an
 * HttpOnly cookie that no script can read. Rotating refresh tokens allow one refresh at a time:
 * tabs take a lock, and the one that got a token hands it to the others.
 */
import { observable, type Observable } from "@/shared/lib/observable";
import { serverNow } from "@/shared/lib/clock";
import { storage } from "@/shared/lib/storage";
import { ApiError, isStatus, SIGNED_OUT, toApiError, UNREACHABLE } from "./errors";
import type { components } from "./generated/auth";
import { overdue } from "./patience";
import { readToken, type AccessToken, type Person } from "./token";

export type SessionState =
  | { status: "signed-out"; person: null }
  | { status: "signed-in"; person: Person }
  /** Was signed in on this page and is no longer: sign-in opens over it. */
  | { status: "expired"; person: Person };

export interface Credentials {
  username: string;
  password: string;
}

/** The browser's parts, given from outside so that races can be tested. */
export interface SessionParts {
  fetch: typeof fetch;
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  channel: Pick<BroadcastChannel, "postMessage" | "addEventListener"> | null;
}

type Signal = { type: "token"; value: string } | { type: "signed-out" };

type AccessOut = components["schemas"]["AccessOut"];

const isSame = (one: Person, other: Person): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const signedOut = () => new ApiError(401, SIGNED_OUT, "Nobody is signed in.");

/** Refresh this long before the end, so that no request starts with a token about to die. */
const MARGIN_MS = 20_000;
/** Set while a refresh cookie is likely; spares a first visitor one refused request. */
const HINT = "tts.signed-in";

export class Session {
  readonly state: Observable<SessionState> = observable<SessionState>({
    status: "signed-out",
    person: null,
  });
  private token: AccessToken | null = null;
  private running: Promise<string> | null = null;

  constructor(private readonly parts: SessionParts) {
    parts.channel?.addEventListener("message", (event) => this.hear(event.data as Signal));
  }

  /** On page load: take up the session that the cookie stands for, if there is one. */
  async resume(): Promise<void> {
    if (this.token !== null || storage.read(HINT) === null) return;
    try {
      await this.accessToken();
    } catch (error) {
      if (!isStatus(error, 400, 401, 403)) throw error;
    }
  }

  async signIn(credentials: Credentials): Promise<void> {
    const value = await this.post("/auth/login/", credentials);
    this.keep(value);
    this.parts.channel?.postMessage({ type: "token", value } satisfies Signal);
  }

  /** The second step of a sign-in that asked for a code. */
  async answerWithCode(otpSession: string, code: string): Promise<void> {
    const value = await this.post("/auth/login/otp/", { otp_session: otpSession, code });
    this.keep(value);
    this.parts.channel?.postMessage({ type: "token", value } satisfies Signal);
  }

  /** Mails another code for a sign-in that waits for one; the one before is void. */
  async mailCodeAgain(otpSession: string): Promise<void> {
    const response = await this.send("/auth/login/otp/resend/", { otp_session: otpSession });
    if (!response.ok) throw toApiError(response, await response.json().catch(() => null));
  }

  /** What this person may do has changed: take a token that knows of it. */
  async renew(): Promise<void> {
    if (this.token !== null) await this.replace(this.token.value);
  }

  /** Ends the session here and in every other tab, also when the server cannot be told. */
  async signOut(): Promise<void> {
    const token = this.token?.value;
    this.forget();
    this.parts.channel?.postMessage({ type: "signed-out" } satisfies Signal);
    await this.send("/auth/logout/", {}, token);
  }

  /** A token good for one request now; refreshes first when needed. */
  async accessToken(): Promise<string> {
    if (this.token !== null && this.isFresh(this.token)) return this.token.value;
    return this.refresh();
  }

  /** The server refused `spent`: get another, unless that has happened already. */
  async replace(spent: string): Promise<string> {
    if (this.token !== null && this.token.value !== spent) return this.accessToken();
    return this.refresh();
  }

  private refresh(): Promise<string> {
    if (this.state.get().status === "expired") return Promise.reject(signedOut());
    const spent = this.token?.value ?? null;
    this.running ??= this.parts
      .exclusively(() => this.refreshUnlessGiven(spent))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private async refreshUnlessGiven(spent: string | null): Promise<string> {
    const given = this.token;
    if (given !== null && given.value !== spent && this.isFresh(given)) return given.value;
    try {
      const value = await this.post("/auth/token/refresh/", {});
      this.keep(value);
      this.parts.channel?.postMessage({ type: "token", value } satisfies Signal);
      return value;
    } catch (error) {
      if (!isStatus(error, 400, 401, 403)) throw error;
      this.expire();
      throw signedOut();
    }
  }

  private async post(path: string, body: object): Promise<string> {
    const response = await this.send(path, body);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw toApiError(response, answer);
    return (answer as AccessOut).access;
  }

  private async send(path: string, body: object, token?: string): Promise<Response> {
    const headers = new Headers({
      "Content-Type": "application/json",
      // Cannot be sent across origins without a preflight: the cookie's protection from forgery.
      "X-Requested-With": "tts",
    });
    if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
    const init: RequestInit = { method: "POST", headers, body: JSON.stringify(body) };
    try {
      return await this.parts.fetch(path, { ...init, credentials: "same-origin" });
    } catch (error) {
      throw new ApiError(0, UNREACHABLE, error instanceof Error ? error.message : String(error));
    }
  }

  private isFresh(token: AccessToken): boolean {
    return token.expiresAt - serverNow() > MARGIN_MS;
  }

  private keep(value: string): void {
    this.token = readToken(value);
    storage.write(HINT, "1");
    const { person } = this.token;
    const known = this.state.get();
    // The same person with other roles is news; a mere refresh is none.
    if (known.status === "signed-in" && isSame(known.person, person)) return;
    this.state.set({ status: "signed-in", person });
  }

  private expire(): void {
    const known = this.state.get();
    this.token = null;
    storage.remove(HINT);
    if (known.person !== null) this.state.set({ status: "expired", person: known.person });
  }

  private forget(): void {
    this.token = null;
    storage.remove(HINT);
    this.state.set({ status: "signed-out", person: null });
  }

  private hear(signal: Signal): void {
    if (signal.type === "token") this.keep(signal.value);
    else this.forget();
  }
}

const LOCK = "tts.refresh";

/** Web Locks exist in every current browser in secure contexts; without them one tab is assumed. */
async function browserLock<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? await navigator.locks.request(LOCK, work) : await work();
}

export const session = new Session({
  fetch: (input, init) => fetch(input, { ...init, signal: overdue() }),
  exclusively: browserLock,
  channel: "BroadcastChannel" in globalThis ? new BroadcastChannel("tts.session") : null,
});
