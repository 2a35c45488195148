/** People of their own for tests that change accounts, their mails and their codes. */
import { createHmac } from "node:crypto";
import { expect, request, type Page } from "../../frontend/playwright";
import { status } from "./status";
import { asAdmin, ELSEWHERE_MS } from "./support";

export interface NewPerson {
  id: number;
  username: string;
  email: string;
  password: string;
}

export const PASSWORD = "Nine-Lives-of-the-Cat-7";
export const ANOTHER = "Ten-Lives-of-the-Cat-88";

let made = 0;
export const uniqueName = (): string => `jo-${Date.now().toString(36)}${String((made += 1))}`;

/** Somebody new who can sign in; with a role of the ticket system if one is named. */
export async function newPerson(roleId?: number): Promise<NewPerson> {
  const username = uniqueName();
  const email = `${username}@example.com`;
  const body = { username, email, password: PASSWORD };
  const { id } = await asAdmin<{ id: number }>("/auth/api/v1/users/", body);
  if (roleId !== undefined) {
    await asAdmin("/auth/api/v1/user-roles/", { user_id: id, role_id: roleId, system: "tts" });
  }
  return { id, username, email, password: PASSWORD };
}

/** Signs in with a password of one's own; what follows is the caller's to look at. */
export async function enter(page: Page, person: NewPerson): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Username or e-mail").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function expectInside(page: Page, username: string): Promise<void> {
  await expect(page.getByRole("button", { name: `Account: ${username}` })).toBeVisible();
}

export async function leave(page: Page, username: string): Promise<void> {
  await page.getByRole("button", { name: `Account: ${username}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

interface Mail {
  to: { address: string }[];
  text: string;
}

/** What matches in the newest mail to an address, as soon as one has come that does. */
export async function inMail(address: string, wanted: RegExp): Promise<string> {
  const mails = await request.newContext({ baseURL: status.mail.api });
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const all = (await (await mails.get("/email")).json()) as Mail[];
        const mine = all.filter(({ to }) => to.some((each) => each.address === address));
        const texts = mine.map(({ text }) => wanted.exec(text)).filter((match) => match !== null);
        found = texts.at(-1)?.[1];
        return found;
      },
      { timeout: ELSEWHERE_MS, message: `a mail to ${address} with ${String(wanted)}` },
    )
    .toBeDefined();
  await mails.dispose();
  if (found === undefined) throw new Error(`no mail to ${address}`);
  return found;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

function bytesOf(secret: string): Buffer {
  const bits = [...secret.replaceAll(/[\s=]/g, "")]
    .map((char) => BASE32.indexOf(char).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code that an authenticator app shows (RFC 6238), `ahead` steps of 30 s from now. */
export function codeOf(secret: string, ahead = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + ahead));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
