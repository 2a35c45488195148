import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { keys } from "@/shared/api/keys";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { aDetail, anAction, anEntry } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { useTask } from "../api/task";
import { ActionBar } from "./ActionBar";

const forward = anAction();
const back = anAction({
  action: "reject",
  transition_id: 8,
  name: "Send back",
  kind: "reject",
  needs_reason: true,
});
const hold = anAction({ action: "hold", transition_id: null, name: "Hold", needs_reason: true });
const TASK = aDetail({ version: 4, available_actions: [hold, back, forward] });

/** The bar as the page shows it: on the task as the cache has it. */
function Page() {
  const { data } = useTask("T-1");
  return data ? <ActionBar task={data} /> : null;
}

beforeEach(async () => {
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(TASK)),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

const button = (name: string) => screen.findByRole("button", { name });

test("the way forward is the solid button, wherever the server lists it", async () => {
  renderPart(<Page />);
  expect(await button("Send to analysis")).toHaveAttribute("data-variant", "filled");
  expect(await button("Send back")).toHaveAttribute("data-variant", "default");
  expect(screen.queryByRole("button", { name: "Put on hold" })).toBeNull();
});

test("an action without questions is done at once, on the version that was shown", async () => {
  let sent: unknown;
  server.use(
    http.post("*/workflow/tasks/T-1/transition/", async ({ request }) => {
      sent = await request.json();
      expect(request.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
      return HttpResponse.json(aDetail({ version: 5 }));
    }),
  );
  renderPart(<Page />);
  await userEvent.click(await button("Send to analysis"));
  expect(await screen.findByText("Done: Send to analysis")).toBeInTheDocument();
  expect(sent).toMatchObject({ transition_id: 7, version: 4 });
});

test("an action that needs a reason asks for it, and Ctrl+Enter confirms", async () => {
  let sent: unknown;
  server.use(
    http.post("*/workflow/tasks/T-1/reject/", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(aDetail({ version: 5 }));
    }),
  );
  renderPart(<Page />);
  await userEvent.click(await button("Send back"));
  const panel = within(screen.getByRole("form", { name: "Send back" }));
  expect(panel.getByRole("button", { name: "Send back" })).toBeDisabled();
  await userEvent.type(panel.getByRole("textbox"), "No log{Control>}{Enter}{/Control}");
  await vi.waitFor(() => expect(sent).toMatchObject({ notes: "No log", version: 4 }));
  await vi.waitFor(() => expect(screen.queryByRole("form")).toBeNull());
});

test("who was slower sees who did what, the task as it is now, and keeps the reason", async () => {
  const faster = anEntry({ id: 9, user_name: "l1.ben", kind: "task_started", to_step: "Triage" });
  server.use(
    http.post("*/workflow/tasks/T-1/reject/", () =>
      HttpResponse.json({ error: "Changed.", code: "CONFLICT" }, { status: 409 }),
    ),
  );
  renderPart(<Page />);
  await userEvent.click(await button("Send back"));
  const reason = screen.getByRole("textbox");
  await userEvent.type(reason, "No log");
  const now = aDetail({ version: 5, available_actions: [back], history: [faster] });
  server.use(http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(now)));
  await userEvent.type(reason, "{Control>}{Enter}{/Control}");
  expect(await screen.findByText(/l1\.ben started work on Triage/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Send to analysis" })).toBeNull();
  expect(screen.getByRole("textbox")).toHaveValue("No log");
});

test("a refusal is told in the server's words", async () => {
  server.use(
    http.post("*/workflow/tasks/T-1/transition/", () =>
      HttpResponse.json({ error: "Not your task.", code: "NOT_YOUR_TASK" }, { status: 403 }),
    ),
  );
  renderPart(<Page />);
  await userEvent.click(await button("Send to analysis"));
  expect(await screen.findByText("Action failed: Not your task.")).toBeInTheDocument();
});

test("nothing to do is said", async () => {
  server.use(http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(aDetail())));
  renderPart(<Page />);
  expect(await screen.findByText(/nothing for you to do/)).toBeInTheDocument();
});

const BRANCH = {
  branch: 2,
  status: "pending" as const,
  step_id: 5,
  step_name: "Legal",
  role: "Lawyer",
  role_id: 7,
  assigned_user: 3,
  assigned_user_name: "Ana",
  step_deadline: "2026-03-02T14:00:00Z",
  opened_at: "2026-03-02T10:00:00Z",
  ended_at: null,
};

test("of a split task each branch is acted on by itself", async () => {
  const start = anAction({ action: "start", transition_id: null, name: "Start", branch: 2 });
  const other = { ...BRANCH, branch: 1, step_name: "Buying" };
  let sent: unknown;
  server.use(
    http.get("*/workflow/tasks/T-1/", () =>
      HttpResponse.json({
        ...TASK,
        branches: [other, BRANCH],
        available_actions: [{ ...start, branch: 1 }, start],
      }),
    ),
    http.post("*/workflow/tasks/T-1/start/", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(TASK);
    }),
  );
  renderPart(<Page />);
  await userEvent.click(await button("Start work · Legal"));
  await vi.waitFor(() => expect(sent).toMatchObject({ branch: 2, version: 4 }));
});

test("what the menu asks for can be typed at once, and leaving it leads back to the menu", async () => {
  renderPart(<Page />);
  await userEvent.click(await button("More"));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Put on hold" }));
  await vi.waitFor(() => expect(screen.getByLabelText("Reason")).toHaveFocus());
  await userEvent.keyboard("Waiting{Escape}");
  expect(screen.queryByLabelText("Reason")).toBeNull();
  await vi.waitFor(() => expect(screen.getByRole("button", { name: "More" })).toHaveFocus());
});

test("an act that somebody else made impossible cannot be tried again, and its words stay", async () => {
  const { client } = renderPart(<Page />);
  await userEvent.click(await button("Send back"));
  await userEvent.type(screen.getByLabelText("Reason"), "Log is missing");
  const moved = aDetail({ version: 5, available_actions: [forward] });
  act(() => void client.setQueryData(keys.task("T-1"), moved));
  expect(await screen.findByText(/isn’t available any more/)).toBeVisible();
  expect(screen.getByLabelText("Reason")).toHaveValue("Log is missing");
  expect(screen.getByRole("button", { name: "Send back" })).toBeDisabled();
});
