import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { session } from "@/shared/api/session";
import { renderPage } from "@/testing/page";
import { aMember, aTask } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import BulkBar from "./BulkBar";

const TASKS = [
  aTask({ task_id: "T-1", version: 2, role_id: 3 }),
  aTask({ task_id: "T-2", version: 5, role_id: 3 }),
];
let sent: unknown[] = [];

function Page() {
  const [chosen, setChosen] = useState<readonly string[]>(["T-1", "T-2"]);
  const tasks = TASKS.filter(({ task_id: id }) => chosen.includes(id));
  return <BulkBar tab="mine" tasks={tasks} onChoose={setChosen} />;
}

beforeEach(async () => {
  sent = [];
  const result = { status: "on_hold", version: 3, code: null, error: null };
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.get("*/workflow/roles/3/members/", () => HttpResponse.json({ results: [aMember()] })),
    http.post("*/workflow/tasks/bulk/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({
        succeeded: 1,
        failed: 1,
        message: "",
        results: [
          { ...result, task_id: "T-1", ok: true },
          { ...result, task_id: "T-2", ok: false, error: "Somebody was faster.", code: "STALE" },
        ],
      });
    }),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("one act is done with all; what failed is said one by one and stays chosen", async () => {
  renderPage(Page, "/", "/tasks/$taskId");
  const bar = await screen.findByRole("region", { name: "Selected tickets" });
  expect(bar).toHaveTextContent("2 selected");
  await userEvent.selectOptions(screen.getByLabelText("Action"), "Put on hold");
  expect(screen.getByRole("button", { name: "Put on hold" })).toBeDisabled();
  await userEvent.type(screen.getByLabelText("Reason"), "Power cut{Enter}");
  expect(await screen.findByRole("status")).toHaveTextContent("1 ticket updated.");
  const failures = within(screen.getByRole("status")).getAllByRole("listitem");
  expect(failures.map((each) => each.textContent)).toEqual(["T-2 Somebody was faster."]);
  expect(bar).toHaveTextContent("1 selected");
  expect(sent).toEqual([
    {
      action: "hold",
      task_ids: ["T-1", "T-2"],
      versions: { "T-1": 2, "T-2": 5 },
      notes: "Power cut",
    },
  ]);
});

test("who is to have them is chosen among the members of their role", async () => {
  renderPage(Page, "/", "/tasks/$taskId");
  await userEvent.selectOptions(await screen.findByLabelText("Action"), "Assign");
  await screen.findByRole("option", { name: "Ana Alvarez (l1.ana)" });
  await userEvent.selectOptions(screen.getByLabelText("Assignee"), "Ana Alvarez (l1.ana)");
  await userEvent.click(screen.getByRole("button", { name: "Assign" }));
  expect(await screen.findByRole("status")).toBeVisible();
  expect(sent).toMatchObject([{ action: "assign", user_id: 3 }]);
});
