import { describe, expect, test } from "vitest";
import { slaView, type Deadline } from "./sla";

const SINCE = Date.parse("2026-03-02T10:00:00Z");
const HOUR = 3_600_000;

const deadline = (over: Partial<Deadline> = {}): Deadline => ({
  dueAt: new Date(SINCE + 10 * HOUR).toISOString(),
  since: new Date(SINCE).toISOString(),
  state: "ok",
  status: "in_progress",
  ...over,
});

describe("a deadline", () => {
  test("counts down calmly at first", () => {
    expect(slaView(deadline(), SINCE + HOUR)).toEqual({
      tone: "ok",
      text: "9h 00m",
      label: "sla.left",
    });
  });

  test("warns from 80 % of its time on, to the second", () => {
    const at80 = SINCE + 8 * HOUR;
    expect(slaView(deadline(), at80 - 1_000).tone).toBe("ok");
    expect(slaView(deadline(), at80).tone).toBe("warn");
  });

  test("warns earlier when the server, which knows the calendar, says so", () => {
    expect(slaView(deadline({ state: "at_risk" }), SINCE).tone).toBe("warn");
  });

  test("is late in the very second, without being told", () => {
    const due = SINCE + 10 * HOUR;
    expect(slaView(deadline(), due - 1).tone).toBe("warn");
    expect(slaView(deadline(), due)).toMatchObject({ tone: "late", label: "sla.over" });
    expect(slaView(deadline(), due + 125_000).text).toBe("−2:05");
  });

  test("stands still on hold, however late it would be", () => {
    const view = slaView(deadline({ status: "on_hold" }), SINCE + 99 * HOUR);
    expect(view).toEqual({ tone: "calm", text: "", label: "sla.paused" });
  });

  test("is over when the work is done, and says whether in time", () => {
    const late = SINCE + 99 * HOUR;
    expect(slaView(deadline({ status: "completed" }), late).label).toBe("sla.met");
    expect(slaView(deadline({ status: "closed", state: "breached" }), late).label).toBe(
      "sla.missed",
    );
  });

  test("may not exist", () => {
    expect(slaView(deadline({ dueAt: null }), SINCE)).toMatchObject({ tone: "calm", text: "–" });
  });

  test("of no length warns nobody before it is late", () => {
    const at = new Date(SINCE).toISOString();
    expect(slaView(deadline({ dueAt: at }), SINCE - 1).tone).toBe("ok");
  });
});
