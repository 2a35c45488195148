import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { aComment } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { Composer } from "./Composer";

interface Sent {
  key: string | null;
  body: { text: string; visibility: string };
}

beforeEach(async () => {
  server.use(http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })));
  await session.signIn({ username: "l1.ana", password: "secret" });
});

/** Answers one after the other; what was sent is kept. */
function comments(...answers: (() => Response)[]): Sent[] {
  const sent: Sent[] = [];
  server.use(
    http.post("*/messaging/api/comments/", async ({ request }) => {
      const body = (await request.json()) as Sent["body"];
      sent.push({ key: request.headers.get("Idempotency-Key"), body });
      const answer = answers[sent.length - 1] ?? answers.at(-1);
      return answer?.() ?? HttpResponse.error();
    }),
  );
  return sent;
}

const created = () => HttpResponse.json({ ...aComment(), replies: [] }, { status: 201 });
const field = () => screen.getByRole("textbox");
const show = () => renderPart(<Composer ticketId={7} onTyping={vi.fn()} />);

test("a reply is public and leaves an empty field", async () => {
  const sent = comments(created);
  show();
  await userEvent.type(field(), "Try again now{Control>}{Enter}{/Control}");
  await vi.waitFor(() => expect(field()).toHaveValue(""));
  expect(sent[0]?.body).toMatchObject({ text: "Try again now", visibility: "public" });
});

test("an internal note is internal, and says so before it is sent", async () => {
  const sent = comments(created);
  show();
  await userEvent.click(screen.getByRole("radio", { name: "Internal note" }));
  expect(screen.getByText(/Never shown to the requester/)).toBeInTheDocument();
  await userEvent.type(field(), "Channel 36");
  await userEvent.click(screen.getByRole("button", { name: "Add note" }));
  await vi.waitFor(() => expect(sent[0]?.body.visibility).toBe("internal"));
});

test("each kind keeps a draft of its own, and both outlive the page", async () => {
  const view = show();
  await userEvent.type(field(), "for all");
  await userEvent.click(screen.getByRole("radio", { name: "Internal note" }));
  expect(field()).toHaveValue("");
  await userEvent.type(field(), "for us");
  view.unmount();
  show();
  expect(field()).toHaveValue("for all");
  await userEvent.click(screen.getByRole("radio", { name: "Internal note" }));
  expect(field()).toHaveValue("for us");
});

test("what could not be sent is kept, and sent again under the same key", async () => {
  const sent = comments(() => HttpResponse.error(), created);
  show();
  await userEvent.type(field(), "hello{Control>}{Enter}{/Control}");
  expect(await screen.findByText(/Your text is saved/)).toBeInTheDocument();
  expect(field()).toHaveValue("hello");
  await userEvent.click(screen.getByRole("button", { name: "Send reply" }));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[0]?.key).toBe(sent[1]?.key);
});

test("another text is another comment, under another key", async () => {
  const sent = comments(() => HttpResponse.error(), created);
  show();
  await userEvent.type(field(), "hello{Control>}{Enter}{/Control}");
  await screen.findByText(/Your text is saved/);
  await userEvent.type(field(), "!{Control>}{Enter}{/Control}");
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[0]?.key).not.toBe(sent[1]?.key);
});

test("blanks are no comment", async () => {
  show();
  await userEvent.type(field(), "   ");
  expect(screen.getByRole("button", { name: "Send reply" })).toBeDisabled();
});
