/** What the browser tests share: people, tickets, and the accessibility check. */
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  expect,
  request,
  type APIRequestContext,
  type Browser,
  type Locator,
  type Page,
} from "../../frontend/playwright";
import { status } from "./status";

const AXE = path.resolve(import.meta.dirname, "../../frontend/node_modules/axe-core/axe.min.js");

/**
 * What goes over queues to other services (a ticket that becomes a task, a mail) takes a second, and
 * many on a machine that has no processor to spare.
 */
export const ELSEWHERE_MS = 60_000;

interface Task {
  task_id: string;
  ticket_id: number;
  title: string;
  assigned_user: number | null;
}

interface TaskDetail {
  current_step_name: string;
  available_actions: {
    action: string;
    name: string;
    kind: string;
    to_step_name: string;
  }[];
}

export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Username or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(status.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: `Account: ${username}` })).toBeVisible();
}

/** Another person's own browser. */
export async function browserOf(browser: Browser, username: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, username);
  return page;
}

async function apiOf(username: string): Promise<APIRequestContext> {
  const anonymous = await request.newContext({ baseURL: status.gateway });
  const answer = await anonymous.post("/auth/token/", {
    data: { username, password: status.password },
  });
  expect(answer.status()).toBe(200);
  const { access } = (await answer.json()) as { access: string };
  await anonymous.dispose();
  return request.newContext({
    baseURL: status.gateway,
    extraHTTPHeaders: { Authorization: `Bearer ${access}` },
  });
}

/** What the API says, seen by somebody. */
export async function read<T>(username: string, address: string): Promise<T> {
  const api = await apiOf(username);
  const answer = await api.get(address);
  expect(answer.status()).toBe(200);
  const body = (await answer.json()) as T;
  await api.dispose();
  return body;
}

/** Something new, made by the administrator. */
export async function asAdmin<T>(address: string, data: object): Promise<T> {
  const api = await apiOf("admin");
  const answer = await api.post(address, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  const body = (await answer.json()) as T;
  await api.dispose();
  return body;
}

/** The help desk sends a ticket; answers with the task that it became and who has it. */
export async function newTask(title: string): Promise<Task & { holder: string }> {
  const helpDesk = await request.newContext({ baseURL: status.gateway });
  const answer = await helpDesk.post("/hdts/api/tickets/", {
    data: {
      title,
      description: "It fails since this morning.\nSee https://example.com/log for more.",
      priority: "high",
      category: "IT Support",
      sub_category: "Network",
      department: "Operations",
      requester_email: "user@example.com",
    },
  });
  expect(answer.status()).toBe(201);
  const { ticket_id: number } = (await answer.json()) as { ticket_id: string };
  await helpDesk.dispose();
  const task = await taskOf(number);
  const person = await read<{ username: string }>(
    "admin",
    `/auth/api/v1/users/${String(task.assigned_user)}/`,
  );
  return { ...task, holder: person.username };
}

async function taskOf(number: string): Promise<Task> {
  const admin = await apiOf("admin");
  let found: Task | undefined;
  await expect
    .poll(
      async () => {
        const answer = await admin.get(`/workflow/tasks/?search=${number}`);
        found = ((await answer.json()) as { results: Task[] }).results[0];
        return found?.assigned_user ?? null;
      },
      { timeout: ELSEWHERE_MS, message: `${number} becomes an assigned task` },
    )
    .not.toBeNull();
  await admin.dispose();
  if (found === undefined) throw new Error(`no task for ${number}`);
  return found;
}

export const detailOf = (username: string, taskId: string): Promise<TaskDetail> =>
  read(username, `/workflow/tasks/${taskId}/`);

interface Violation {
  id: string;
  nodes: { target: string[] }[];
}

/** No rule of axe is broken on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(readFileSync(AXE, "utf8"));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Violation[] }> };
    };
    return (await axe.run()).violations;
  });
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(", ")}`);
  expect(told).toEqual([]);
}

/** Nothing sticks out to the right. */
export async function expectNoSideways(page: Page): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
}

/** What the page says to have been done. */
export const told = (page: Page, text: string | RegExp): Locator =>
  page.getByRole("status").filter({ hasText: text });

export const uniqueTitle = (what: string): string => `${what} ${Date.now().toString(36)}`;
