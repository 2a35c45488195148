import { screen } from "@testing-library/react";
import { lazy, Suspense } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { Boundary } from "./Boundary";

const expected = (event: Event) => event.preventDefault();

afterEach(() => window.removeEventListener("error", expected));

test("a part that cannot be fetched is told, and the page around it stays", async () => {
  window.addEventListener("error", expected);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Gone = lazy(() => Promise.reject(new TypeError("Failed to fetch")));
  renderPart(
    <>
      <p>The page</p>
      <Boundary>
        <Suspense fallback={null}>
          <Gone />
        </Suspense>
      </Boundary>
    </>,
  );
  expect(await screen.findByRole("alert")).toHaveTextContent("couldn’t be loaded");
  expect(screen.getByText("The page")).toBeVisible();
});
