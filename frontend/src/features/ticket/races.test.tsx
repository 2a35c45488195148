/** What happens between a request and its answer, or before a line is up, is not lost. */
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keys } from "@/shared/api/keys";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { aComment, aDetail, anAction, anEntry } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { useTask } from "./api/task";
import { ActionBar } from "./components/ActionBar";
import { Composer } from "./components/Composer";
import { useLiveTask } from "./model/useLiveComments";

const TASK = aDetail({ version: 4, available_actions: [anAction()] });
const FASTER = anEntry({ id: 9, user_name: "l1.ben", kind: "task_started", to_step: "Triage" });
const NOW = aDetail({ version: 5, title: "Changed meanwhile", history: [FASTER] });

beforeEach(async () => {
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.post("*/messaging/ws-ticket/", () =>
      HttpResponse.json({ ticket: "one-time", expires_in: 30 }, { status: 201 }),
    ),
    http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(TASK)),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

afterEach(() => vi.unstubAllGlobals());

/** An answer that comes when it is let go. */
function held() {
  let letGo = () => {};
  const wait = new Promise<undefined>((resolve) => {
    letGo = () => resolve(undefined);
  });
  return { wait, letGo: () => letGo() };
}

function Page({ isLive = false }: { isLive?: boolean }) {
  const { data } = useTask("T-1");
  useLiveTask(isLive ? data?.ticket_id : undefined);
  if (data === undefined) return null;
  return (
    <>
      <h1>{data.title}</h1>
      <ActionBar task={data} />
    </>
  );
}

test("who was faster is told also when the page showed it before the refusal came", async () => {
  const { wait, letGo } = held();
  server.use(
    http.post("*/workflow/tasks/T-1/transition/", async () => {
      await wait;
      return HttpResponse.json({ error: "Changed.", code: "CONFLICT" }, { status: 409 });
    }),
  );
  const { client } = renderPart(<Page />);
  await userEvent.click(await screen.findByRole("button", { name: "Send to analysis" }));
  server.use(http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(NOW)));
  act(() => void client.setQueryData(keys.task("T-1"), NOW));
  expect(await screen.findByText("Changed meanwhile")).toBeInTheDocument();
  letGo();
  expect(await screen.findByText(/l1\.ben:? started work on Triage/)).toBeInTheDocument();
});

test("what is typed while a comment is being sent stays in the field", async () => {
  const { wait, letGo } = held();
  let done = 0;
  server.use(
    http.post("*/messaging/api/comments/", async () => {
      await wait;
      done += 1;
      return HttpResponse.json({ ...aComment(), replies: [] }, { status: 201 });
    }),
  );
  renderPart(<Composer ticketId={7} onTyping={vi.fn()} />);
  const field = screen.getByRole("textbox");
  await userEvent.type(field, "first{Control>}{Enter}{/Control}");
  await userEvent.clear(field);
  await userEvent.type(field, "second");
  letGo();
  await vi.waitFor(() => expect(done).toBe(1));
  await vi.waitFor(() => expect(screen.getByRole("button")).toBeEnabled());
  expect(field).toHaveValue("second");
});

const lines: Line[] = [];

class Line {
  static readonly OPEN = 1;
  readyState = 1;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  constructor() {
    lines.push(this);
  }

  send() {}
  close() {}
}

test("what changed before the line was up is asked for when it is", async () => {
  vi.stubGlobal("WebSocket", Line);
  renderPart(<Page isLive />);
  expect(await screen.findByText(TASK.title)).toBeInTheDocument();
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  server.use(http.get("*/workflow/tasks/T-1/", () => HttpResponse.json(NOW)));
  lines[0]?.onopen?.();
  lines[0]?.onmessage?.({ data: JSON.stringify({ type: "connection_established" }) });
  expect(await screen.findByText("Changed meanwhile")).toBeInTheDocument();
});
