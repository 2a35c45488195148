import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { administer, aPerson, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPage, renderPageAt } from "@/testing/page";
import { server } from "@/testing/server";
import { PeoplePage } from "./PeoplePage";

const PATH = "/admin/people";
const DETAIL = "/admin/people/$userId";
let asked: URLSearchParams[] = [];

function people(rows: object[], count?: number) {
  server.use(
    http.get("*/auth/api/v1/users/", ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return listOf(rows, count);
    }),
  );
}

beforeEach(async () => {
  asked = [];
  await administer("tts");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf([aRole()])),
  );
});

test("people are listed, found by words, and filtered by state, system and role", async () => {
  people([aPerson()]);
  renderPage(PeoplePage, PATH, DETAIL);
  const row = within(await screen.findByRole("table", { name: "People" })).getAllByRole("row")[1];
  expect(row).toHaveTextContent("Ana Alvarez");
  expect(row).toHaveTextContent("Active");
  await userEvent.type(screen.getByRole("searchbox", { name: "Search" }), "ana");
  await expect.poll(() => asked.at(-1)?.get("search")).toBe("ana");
  await userEvent.selectOptions(screen.getByLabelText("Status"), "Deactivated");
  await expect.poll(() => asked.at(-1)?.get("is_active")).toBe("false");
  await userEvent.selectOptions(screen.getByLabelText("System"), "Ticket Tracking");
  await userEvent.selectOptions(screen.getByLabelText("Role"), "L1 Support (Ticket Tracking)");
  await expect.poll(() => asked.at(-1)?.get("role_id")).toBe("5");
  expect(Object.fromEntries(asked.at(-1) ?? [])).toMatchObject({
    search: "ana",
    is_active: "false",
    system: "tts",
    role_id: "5",
    page: "1",
  });
});

test("a long list goes on by pages, and a filter starts at the first one", async () => {
  people([aPerson()], 120);
  renderPage(PeoplePage, PATH, DETAIL);
  expect(await screen.findByText("1–50 of 120")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Next" }));
  expect(await screen.findByText("51–100 of 120")).toBeVisible();
  expect(asked.at(-1)?.get("page")).toBe("2");
  await userEvent.selectOptions(screen.getByLabelText("Status"), "Active");
  await expect.poll(() => asked.at(-1)?.get("page")).toBe("1");
});

test("a page that there is no more leads back to the first", async () => {
  people([aPerson()]);
  server.use(
    http.get("*/auth/api/v1/users/", ({ request }) => {
      if (new URL(request.url).searchParams.get("page") === "1") return undefined;
      return refusal(404, "NOT_FOUND");
    }),
  );
  renderPageAt(`${PATH}?page=9`, PeoplePage, PATH, DETAIL);
  expect(await screen.findByRole("link", { name: "Ana Alvarez" })).toBeVisible();
  expect(asked.at(-1)?.get("page")).toBe("1");
});

test("filters that nobody meets can be taken off", async () => {
  people([]);
  renderPageAt(`${PATH}?q=zzz`, PeoplePage, PATH, DETAIL);
  expect(await screen.findByText("No results")).toBeVisible();
  people([aPerson()]);
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByRole("link", { name: "Ana Alvarez" })).toBeVisible();
});

test("a failure is told and tried again", async () => {
  server.use(http.get("*/auth/api/v1/users/", () => refusal(500, "SERVER_ERROR")));
  renderPage(PeoplePage, PATH, DETAIL);
  expect(await screen.findByRole("alert")).toHaveTextContent("Couldn’t load this page");
  people([aPerson()]);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Ana Alvarez" })).toBeVisible();
});

test("who lost the right meanwhile is told so", async () => {
  server.use(http.get("*/auth/api/v1/users/", () => refusal(403, "PERMISSION_DENIED")));
  renderPage(PeoplePage, PATH, DETAIL, "/");
  expect(await screen.findByRole("alert")).toHaveTextContent("Administrators only");
});

test("administrators of other systems see why the page is not for them, and nothing is asked", async () => {
  people([aPerson()]);
  await administer("ams");
  renderPage(PeoplePage, PATH, "/");
  expect(await screen.findByRole("alert")).toHaveTextContent("administrators of the ticket system");
  expect(asked).toEqual([]);
});

test("a new person is created, and what is wrong stands at its field", async () => {
  people([]);
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/users/", async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return refusal(400, "VALIDATION_ERROR", { username: ["This user name is taken."] });
      }
      return HttpResponse.json({ ...aPerson({ id: 9 }), message: "Created." }, { status: 201 });
    }),
  );
  renderPage(PeoplePage, PATH, DETAIL);
  await userEvent.click(await screen.findByRole("button", { name: "Add person" }));
  const dialog = await screen.findByRole("dialog", { name: "Add person" });
  await userEvent.type(within(dialog).getByLabelText(/Username/), "ana");
  await userEvent.type(within(dialog).getByLabelText(/E-mail/), "ana@example.com");
  await userEvent.click(within(dialog).getByRole("button", { name: "Add" }));
  expect(await within(dialog).findByText("This user name is taken.")).toBeVisible();
  await userEvent.type(within(dialog).getByLabelText(/Username/), "2{Enter}");
  expect(await screen.findByText(DETAIL)).toBeVisible();
  expect(sent[1]).toMatchObject({ username: "ana2", time_zone: "UTC", language: "en" });
});

test("everybody is exported as a file", async () => {
  people([aPerson()]);
  const saved = vi.fn();
  URL.createObjectURL = vi.fn(() => "blob:people");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved(this.download, this.href);
  });
  server.use(http.get("*/auth/api/v1/users/export/", () => new HttpResponse("username,email\n")));
  renderPage(PeoplePage, PATH, DETAIL);
  await userEvent.click(await screen.findByRole("button", { name: "Export" }));
  await expect.poll(() => saved.mock.calls).toEqual([["people.csv", "blob:people"]]);
});

const report = (over: object) =>
  HttpResponse.json({
    dry_run: true,
    created: 0,
    updated: 0,
    unchanged: 0,
    rows: [],
    errors: [],
    ...over,
  });

test("a file is tried first; with errors it cannot be applied, without it is", async () => {
  people([]);
  const dryRuns: (string | null)[] = [];
  const wrong = { row: 3, field: "email", message: "Enter a valid e-mail address." };
  server.use(
    http.post("*/auth/api/v1/users/import/", ({ request }) => {
      dryRuns.push(new URL(request.url).searchParams.get("dry_run"));
      if (dryRuns.length === 1) return report({ created: 1, errors: [wrong] });
      return report({ created: 2, updated: 1, unchanged: 4 });
    }),
  );
  renderPage(PeoplePage, PATH, DETAIL);
  await userEvent.click(await screen.findByRole("button", { name: "Import" }));
  const dialog = await screen.findByRole("dialog", { name: "Import people" });
  const file = (text: string) => new File([text], "people.csv", { type: "text/csv" });
  await userEvent.upload(within(dialog).getByLabelText("File"), file("username,email\n"));
  const faults = await within(dialog).findByRole("table", { name: "Errors in the file" });
  expect(within(faults).getAllByRole("row")[1]).toHaveTextContent(
    "Row 3emailEnter a valid e-mail address.",
  );
  expect(within(dialog).queryByRole("button", { name: "Apply" })).toBeNull();
  await userEvent.upload(within(dialog).getByLabelText("File"), file("username,email\na,b\n"));
  expect(await within(dialog).findByText(/No errors found/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Apply" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(dryRuns).toEqual(["true", "true", "false"]);
});

test("a file that is none is refused at its field", async () => {
  people([]);
  const text = "The file is UTF-16; save it as CSV in UTF-8.";
  server.use(
    http.post("*/auth/api/v1/users/import/", () =>
      refusal(400, "VALIDATION_ERROR", { file: [text] }),
    ),
  );
  renderPage(PeoplePage, PATH, DETAIL);
  await userEvent.click(await screen.findByRole("button", { name: "Import" }));
  await userEvent.upload(await screen.findByLabelText("File"), new File(["x"], "people.csv"));
  expect(await screen.findByText(text)).toBeVisible();
});
