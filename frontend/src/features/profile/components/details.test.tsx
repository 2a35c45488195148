import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import type { Me } from "../api/profile";
import { DetailsForm } from "./DetailsForm";
import { EmailForm } from "./EmailForm";

const aMe = (over: Partial<Me> = {}): Me => ({
  id: 3,
  username: "l1.ana",
  email: "ana@example.com",
  pending_email: null,
  first_name: "Ana",
  last_name: "Alvarez",
  phone: "",
  time_zone: "Asia/Manila",
  language: "en",
  picture: null,
  is_active: true,
  date_joined: "2026-11-24T08:00:00Z",
  last_login: null,
  roles: [],
  ...over,
});

const ME = "*/auth/api/v1/users/me/";
let sent: unknown[] = [];

beforeEach(async () => {
  sent = [];
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.patch(ME, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...aMe(), message: "Saved." });
    }),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("language and time zone are chosen by name and saved", async () => {
  renderPart(<DetailsForm me={aMe()} />);
  expect(screen.getByLabelText("Time zone")).toHaveValue("Asia/Manila");
  await userEvent.selectOptions(screen.getByLabelText("Language"), "Deutsch");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Profile saved.")).toBeVisible();
  expect(sent).toMatchObject([{ language: "de", time_zone: "Asia/Manila", first_name: "Ana" }]);
});

test("a picture that is refused is told why", async () => {
  server.use(
    http.put("*/auth/api/v1/users/me/picture/", () =>
      HttpResponse.json(
        { error: "A picture has 2 MB at the most.", code: "VALIDATION_ERROR" },
        { status: 400 },
      ),
    ),
  );
  const { container } = renderPart(<DetailsForm me={aMe()} />);
  const input = container.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("no field for a file");
  await userEvent.upload(input, new File(["x"], "me.png", { type: "image/png" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("2 MB at the most");
});

test("another address takes the password and waits for its confirmation", async () => {
  renderPart(<EmailForm me={aMe()} />);
  await userEvent.type(screen.getByLabelText("New e-mail address"), "new@example.com");
  await userEvent.type(screen.getByLabelText("Current password"), "my-password{Enter}");
  await expect
    .poll(() => sent)
    .toEqual([{ email: "new@example.com", current_password: "my-password" }]);
});

test("an address that waits can be taken back", async () => {
  renderPart(<EmailForm me={aMe({ pending_email: "new@example.com" })} />);
  expect(screen.getByText(/link to new@example.com/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Cancel the change" }));
  await expect.poll(() => sent).toEqual([{ email: "ana@example.com" }]);
});
