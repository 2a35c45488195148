import path from "node:path";
import { expect, test } from "vitest";
import { fault } from "./boundaries.js";

const src = (file) => path.resolve(import.meta.dirname, "../src", file);

test.each([
  ["app/shell/Shell.tsx", "features/queue/routes"],
  ["features/queue/api/a.ts", "features/queue/model/b"],
  ["features/queue/api/a.ts", "shared/api/client"],
  ["features/queue/model/a.test.ts", "testing/samples"],
])("%s may import %s", (from, to) => {
  expect(fault(src(from), src(to))).toBeNull();
});

test.each([
  ["features/queue/api/a.ts", "features/ticket/api/b"],
  ["features/queue/api/a.ts", "app/router"],
  ["shared/lib/a.ts", "features/queue/model/b"],
  ["shared/lib/a.ts", "app/router"],
  ["features/queue/model/a.ts", "testing/samples"],
])("%s must not import %s", (from, to) => {
  expect(fault(src(from), src(to))).not.toBeNull();
});
