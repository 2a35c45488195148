import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse, type JsonBodyType } from "msw";
import { expect, test, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { SignInForm } from "./SignInForm";

const LOGIN = "*/auth/login/";

async function signIn(password = "secret") {
  const onDone = vi.fn();
  renderPart(<SignInForm onDone={onDone} />);
  await userEvent.type(screen.getByLabelText("Username or e-mail"), "l1.ana");
  await userEvent.type(screen.getByLabelText("Password"), `${password}{Enter}`);
  return onDone;
}

const refuse = (status: number, body: JsonBodyType) =>
  server.use(http.post(LOGIN, () => HttpResponse.json(body, { status })));

test("the right password signs in", async () => {
  server.use(http.post(LOGIN, () => HttpResponse.json({ access: accessToken() })));
  const onDone = await signIn();
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
});

test("a wrong password is told without saying which part was wrong", async () => {
  refuse(401, { error: "No.", code: "AUTH_FAILED" });
  await signIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("Incorrect username or password");
  expect(screen.getByLabelText("Username or e-mail")).toHaveValue("l1.ana");
});

test("too many attempts name the time to wait", async () => {
  refuse(429, { error: "Slow down.", code: "RATE_LIMIT_EXCEEDED", retry_after: 900 });
  await signIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("Try again in 15m");
});

test("a server that is away is not mistaken for a wrong password", async () => {
  server.use(http.post(LOGIN, () => HttpResponse.error()));
  await signIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("Can’t reach the server");
});

const ASKED = HttpResponse.json(
  { error: "Code.", code: "OTP_REQUIRED", otp_session: "attempt-1", method: "email" },
  { status: 401 },
);

test("an account with a second factor is asked for its code, and sends it with the attempt", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(LOGIN, () => ASKED.clone() as never),
    http.post("*/auth/login/otp/", async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 1
        ? HttpResponse.json({ error: "No.", code: "OTP_INVALID" }, { status: 401 })
        : HttpResponse.json({ access: accessToken() });
    }),
  );
  const onDone = await signIn();
  await userEvent.type(await screen.findByLabelText("One-time code"), "000000");
  expect(await screen.findByRole("alert")).toHaveTextContent("That code is incorrect");
  expect(screen.getByLabelText("One-time code")).toHaveValue("");
  await userEvent.type(screen.getByLabelText("One-time code"), "123456");
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(sent).toEqual([
    { otp_session: "attempt-1", code: "000000" },
    { otp_session: "attempt-1", code: "123456" },
  ]);
});

test("another code by mail can be had after a while, and is said to be on its way", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(LOGIN, () => ASKED.clone() as never),
    http.post("*/auth/login/otp/resend/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ message: "Sent." });
    }),
  );
  await signIn();
  const before = await screen.findByRole("button", { name: /Resend code \(\d+ s\)/ });
  expect(before).toBeDisabled();
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 31_000);
  await userEvent.click(await screen.findByRole("button", { name: "Resend code" }));
  expect(await screen.findByText(/New code sent/)).toBeVisible();
  expect(sent).toEqual([{ otp_session: "attempt-1" }]);
});

test("a recovery code opens the door when the device is lost", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(LOGIN, () => ASKED.clone() as never),
    http.post("*/auth/login/otp/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ access: accessToken() });
    }),
  );
  const onDone = await signIn();
  await userEvent.click(await screen.findByRole("button", { name: "Use a recovery code" }));
  await userEvent.type(screen.getByLabelText("Recovery code"), "ABCDE-FGHJK{Enter}");
  await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(sent).toEqual([{ otp_session: "attempt-1", code: "ABCDE-FGHJK" }]);
});

test("an attempt that is over asks for the password again", async () => {
  server.use(
    http.post(LOGIN, () => ASKED.clone() as never),
    http.post("*/auth/login/otp/", () =>
      HttpResponse.json({ error: "Start again.", code: "AUTH_FAILED" }, { status: 401 }),
    ),
  );
  await signIn();
  await userEvent.type(await screen.findByLabelText("One-time code"), "123456");
  expect(await screen.findByRole("alert")).toHaveTextContent("Start again.");
  expect(screen.queryByLabelText("One-time code")).toBeNull();
  expect(screen.getByLabelText("Username or e-mail")).toHaveValue("l1.ana");
});

test("nothing is sent while a field is empty", async () => {
  renderPart(<SignInForm onDone={vi.fn()} />);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Enter your username and password");
});

test("the password can be shown", async () => {
  renderPart(<SignInForm onDone={vi.fn()} />);
  const field = screen.getByLabelText("Password");
  expect(field).toHaveAttribute("type", "password");
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(field).toHaveAttribute("type", "text");
});
