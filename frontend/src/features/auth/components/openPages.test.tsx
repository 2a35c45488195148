import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { ConfirmEmailPage } from "./ConfirmEmailPage";
import { ForgotPage } from "./ForgotPage";
import { InvitationPage } from "./InvitationPage";
import { RegisterPage } from "./RegisterPage";
import { ResetPage } from "./ResetPage";

const PASSWORD = "Nine-Lives-of-the-Cat-7";

function bodies(path: string, answer: () => Response): unknown[] {
  const seen: unknown[] = [];
  server.use(
    http.post(path, async ({ request }) => {
      seen.push(await request.json());
      return answer();
    }),
  );
  return seen;
}

const refuse = (field: string, sentence: string) => () =>
  HttpResponse.json(
    { error: sentence, code: "VALIDATION_ERROR", details: { errors: { [field]: [sentence] } } },
    { status: 400 },
  );

beforeEach(() => history.replaceState(null, "", "/"));

test("whoever forgot their password is told what happens next, known or not", async () => {
  const sent = bodies("*/auth/password/forgot/", () =>
    HttpResponse.json({ message: "If there is an account, a mail is on its way." }),
  );
  renderPage(ForgotPage, "/forgot", "/sign-in");
  await userEvent.type(await screen.findByLabelText("E-mail address"), "ana@example.com{Enter}");
  expect(await screen.findByText(/a mail is on its way/)).toBeVisible();
  expect(sent).toEqual([{ email: "ana@example.com" }]);
  expect(screen.getByRole("link", { name: "Back to sign in" })).toBeVisible();
});

test("the token of the link is sent once and leaves the address at once", async () => {
  history.replaceState(null, "", "/reset#token=one-time");
  const sent = bodies("*/auth/password/reset/", () => HttpResponse.json({ message: "It is set." }));
  renderPage(ResetPage, "/reset", "/sign-in");
  await userEvent.type(await screen.findByLabelText("New password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByText("It is set.")).toBeVisible();
  expect(location.hash).toBe("");
  expect(sent).toEqual([{ token: "one-time", password: PASSWORD }]);
});

test("a link without its token says so and asks for nothing", async () => {
  renderPage(ResetPage, "/reset", "/sign-in");
  expect(await screen.findByText(/link is incomplete/)).toBeVisible();
  expect(screen.queryByLabelText("New password")).toBeNull();
});

test("a password that is not good enough is explained at the field", async () => {
  history.replaceState(null, "", "/reset#token=one-time");
  bodies("*/auth/password/reset/", refuse("password", "It is too common."));
  renderPage(ResetPage, "/reset", "/sign-in");
  const field = await screen.findByLabelText("New password");
  await userEvent.type(field, "password1234{Enter}");
  expect(await screen.findAllByText("It is too common.")).not.toHaveLength(0);
  expect(field).toHaveAccessibleDescription(/too common/);
});

test("a request for an account names every field and waits for an administrator", async () => {
  const sent = bodies("*/auth/register/", () =>
    HttpResponse.json({ message: "An administrator will decide." }, { status: 202 }),
  );
  renderPage(RegisterPage, "/register", "/sign-in");
  await userEvent.type(await screen.findByLabelText("Username"), "new.nia");
  await userEvent.type(screen.getByLabelText("E-mail address"), "nia@example.com");
  await userEvent.type(screen.getByLabelText("First name"), "Nia");
  await userEvent.type(screen.getByLabelText("New password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByText("An administrator will decide.")).toBeVisible();
  expect(sent).toEqual([
    {
      username: "new.nia",
      email: "nia@example.com",
      first_name: "Nia",
      last_name: "",
      password: PASSWORD,
    },
  ]);
});

test("an invitation shows for whom it is and makes the account", async () => {
  history.replaceState(null, "", "/invitation#token=invited");
  server.use(
    http.post("*/auth/api/v1/invitations/check/", () =>
      HttpResponse.json({
        email: "ivy@example.com",
        first_name: "Ivy",
        last_name: "",
        expires_at: "2026-12-01T00:00:00Z",
      }),
    ),
  );
  const sent = bodies("*/auth/api/v1/invitations/accept/", () =>
    HttpResponse.json({ id: 9, message: "Welcome." }, { status: 201 }),
  );
  renderPage(InvitationPage, "/invitation", "/sign-in");
  expect(await screen.findByText(/sent to ivy@example.com/)).toBeVisible();
  expect(screen.getByLabelText("First name")).toHaveValue("Ivy");
  await userEvent.type(screen.getByLabelText("Username"), "ivy");
  await userEvent.type(screen.getByLabelText("New password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByText("Welcome.")).toBeVisible();
  expect(sent).toMatchObject([{ token: "invited", username: "ivy", first_name: "Ivy" }]);
});

test("a spent invitation is told in the server's words", async () => {
  history.replaceState(null, "", "/invitation#token=spent");
  server.use(
    http.post("*/auth/api/v1/invitations/check/", () =>
      HttpResponse.json({ error: "This invitation is over.", code: "X" }, { status: 400 }),
    ),
  );
  renderPage(InvitationPage, "/invitation", "/sign-in");
  expect(await screen.findByText("This invitation is over.")).toBeVisible();
});

test("a new address is confirmed by a press, not by opening the link", async () => {
  history.replaceState(null, "", "/confirm-email#token=one-time");
  const sent = bodies("*/auth/email/confirm/", () =>
    HttpResponse.json({ email: "new@example.com", message: "Changed." }),
  );
  renderPage(ConfirmEmailPage, "/confirm-email", "/sign-in");
  const button = await screen.findByRole("button", { name: "Confirm address" });
  expect(sent).toEqual([]);
  await userEvent.click(button);
  expect(await screen.findByText(/now new@example.com/)).toBeVisible();
  expect(sent).toEqual([{ token: "one-time" }]);
});
