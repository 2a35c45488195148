import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { session } from "@/shared/api/session";
import type { Assignment } from "@/shared/api/types";
import { renderPart } from "@/testing/render";
import { aDetail, aMember, anAction, aStep } from "@/testing/samples";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { ApprovalBar, Approvals } from "./Approvals";
import { Branches } from "./Branches";
import { WhyButton } from "./WhyButton";

const assignment = { id: 12, user_id: 3, user_name: "Ana Alvarez", step_name: "Triage" };

beforeEach(async () => {
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.get("*/workflow/roles/:id/members/", () =>
      HttpResponse.json({
        results: [aMember(), aMember({ user_id: 5, full_name: "Cho Chen", is_absent: true })],
      }),
    ),
    http.get("*/workflow/tickets/1/", () =>
      HttpResponse.json({ requester_email: "x@example.com" }),
    ),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("why me? shows who was looked at, who was skipped and who was chosen", async () => {
  server.use(
    http.get("*/workflow/tasks/T-1/assignments/12/why/", () =>
      HttpResponse.json({
        strategy: "round_robin",
        sentence: "2 members of L1 Support were looked at, 1 skipped.",
        candidates: [
          {
            user_id: 4,
            user_name: "Ben",
            is_chosen: false,
            skip: "absent",
            reason: "Ben is away.",
          },
          { user_id: 3, user_name: "Ana", is_chosen: true, skip: "", reason: "Ana had turn 4." },
        ],
      }),
    ),
  );
  renderPart(<WhyButton taskId="T-1" assignment={assignment as Assignment} />);
  await userEvent.click(screen.getByRole("button", { name: "Why me? Triage" }));
  const dialog = await screen.findByRole("dialog", { name: "Why me? Triage" });
  expect(await within(dialog).findByText(/2 members of L1 Support/)).toBeVisible();
  const [ben, ana] = within(dialog).getAllByRole("listitem");
  expect(ben).toHaveTextContent("Ben is away.Skipped");
  expect(ana).toHaveTextContent("Selected");
  expect(dialog).toHaveTextContent("Round robin");
});

const approval = aDetail({
  current_step: aStep({ requires_approval: true, approvals_needed: 2 }),
  available_actions: [anAction({ action: "approve", name: "Approve" })],
  approvals: [{ step_id: 1, user_id: 3, user_name: "Ana Alvarez", at: "2026-03-02T10:00:00Z" }],
});

test("approvals tell how many there are, of whom, and who is awaited", async () => {
  renderPart(<Approvals task={approval} />);
  expect(screen.getByRole("heading", { name: "Approvals: 1 of 2" })).toBeVisible();
  expect(await screen.findByText("Cho Chen")).toBeVisible();
  expect(screen.getByText("Away")).toBeVisible();
  expect(screen.getByText("1 more approval needed.")).toBeVisible();
});

test("who cannot approve is told why before they try", async () => {
  renderPart(<ApprovalBar task={approval} />);
  expect(await screen.findByRole("status")).toHaveTextContent("You’ve approved this step.");
});

test("a split task shows its branches and whom their meeting point waits for", () => {
  const branch = {
    branch: 1,
    status: "arrived" as const,
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
  const open = { ...branch, branch: 2, status: "pending" as const, step_name: "Buying" };
  const join = {
    step_id: 9,
    name: "Sign",
    needed: 2,
    arrived: 1,
    waits_for: [{ branch: 2, step_name: "Buying", user_id: 4, name: "Ben" }],
  };
  renderPart(<Branches task={aDetail({ branches: [branch, open], join })} />);
  const [legal, buying] = screen.getAllByRole("listitem");
  expect(legal).toHaveTextContent("LegalDone");
  expect(buying).toHaveTextContent("BuyingPending");
  expect(
    screen.getByText(/Sign starts after 2 of these; 1 done so far. Waiting for Buying \(Ben\)./),
  ).toBeVisible();
});
