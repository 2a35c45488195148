import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { aMember } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { AvailabilityForm } from "./AvailabilityForm";

const OWN = "*/workflow/people/me/availability/";
const HERE = {
  user_id: 3,
  absent_from: null,
  absent_until: null,
  is_absent: false,
  substitute_id: null,
  calendar_id: null,
  max_open_tasks: null,
};

let now: object = HERE;
let sent: unknown[] = [];

beforeEach(async () => {
  now = HERE;
  sent = [];
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.get(OWN, () => HttpResponse.json(now)),
    http.patch(OWN, async ({ request }) => {
      const change = (await request.json()) as object;
      sent.push(change);
      now = { ...now, ...change };
      return HttpResponse.json({ ...now, message: "Saved." });
    }),
    http.get("*/workflow/roles/", () =>
      HttpResponse.json({
        results: [
          { role_id: 3, name: "L1 Support" },
          { role_id: 9, name: "Admin" },
        ],
      }),
    ),
    http.get("*/workflow/roles/3/members/", () =>
      HttpResponse.json({
        results: [aMember(), aMember({ user_id: 4, username: "l1.ben", full_name: "Ben Baker" })],
      }),
    ),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("an absence is entered with a colleague who stands in", async () => {
  renderPart(<AvailabilityForm />);
  expect(await screen.findByText("You’re available for new assignments.")).toBeVisible();
  await screen.findByRole("option", { name: "Ben Baker (l1.ben)" });
  expect(screen.queryByRole("option", { name: /Ana/ })).toBeNull();
  await userEvent.type(screen.getByLabelText("Away from"), "2020-01-02T09:00");
  await userEvent.selectOptions(screen.getByLabelText("Substitute"), "Ben Baker (l1.ben)");
  await userEvent.click(screen.getByRole("button", { name: "Save availability" }));
  expect(await screen.findByRole("status")).toHaveTextContent("Ben Baker (l1.ben) covers for you");
  const from = new Date(2020, 0, 2, 9).toISOString();
  expect(sent).toEqual([
    { absent_from: from, absent_until: null, substitute_id: 4, max_open_tasks: null },
  ]);
});

test("who is back says so with one press", async () => {
  now = { ...HERE, absent_from: "2020-01-02T09:00:00Z", substitute_id: 4, max_open_tasks: 5 };
  renderPart(<AvailabilityForm />);
  await userEvent.click(await screen.findByRole("button", { name: "I’m back" }));
  expect(await screen.findByText("You’re available for new assignments.")).toBeVisible();
  expect(sent).toEqual([{ absent_from: null, absent_until: null, substitute_id: null }]);
});
