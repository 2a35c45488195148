import { describe, expect, test, vi } from "vitest";
import { accessToken } from "@/testing/token";
import { Session, type SessionParts } from "./session";

type Listener = (event: MessageEvent) => void;

/** One browser: its tabs share a lock and a channel; `refreshes` are what reaches the server. */
function browser(answer: (call: number) => Response | Promise<Response>) {
  let queue: Promise<unknown> = Promise.resolve();
  const tabs: Listener[][] = [];
  let refreshes = 0;

  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function openTab(): Session {
    const mine: Listener[] = [];
    tabs.push(mine);
    const parts: SessionParts = {
      exclusively,
      fetch: (input) => {
        if (input === "/auth/token/refresh/") refreshes += 1;
        return Promise.resolve(answer(refreshes));
      },
      channel: {
        addEventListener: (_: string, listener: unknown) => mine.push(listener as Listener),
        postMessage: (data: unknown) => {
          const others = tabs.filter((each) => each !== mine).flat();
          others.forEach((hear) => hear(new MessageEvent("message", { data })));
        },
      },
    };
    return new Session(parts);
  }

  return { openTab, refreshes: () => refreshes };
}

const ok = (access: string) => Response.json({ access });
const refused = () => Response.json({ error: "Over.", code: "AUTH_FAILED" }, { status: 401 });
const credentials = { username: "l1.ana", password: "secret" };

describe("a session", () => {
  test("refreshes once for any number of requests at the same time", async () => {
    const { openTab, refreshes } = browser((call) => ok(accessToken({ n: call })));
    const tab = openTab();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tab.accessToken()));
    expect(refreshes()).toBe(1);
    expect(new Set(tokens).size).toBe(1);
  });

  test("refreshes once for all tabs, because a spent refresh token ends the whole session", async () => {
    const { openTab, refreshes } = browser((call) => ok(accessToken({ n: call })));
    const tabs = [openTab(), openTab(), openTab()];
    const tokens = await Promise.all(tabs.map((tab) => tab.accessToken()));
    expect(refreshes()).toBe(1);
    expect(new Set(tokens).size).toBe(1);
  });

  test("replaces a token that the server refused, but not one that was replaced meanwhile", async () => {
    const { openTab, refreshes } = browser((call) => ok(accessToken({ n: call })));
    const tab = openTab();
    const first = await tab.accessToken();
    const [second, again] = await Promise.all([tab.replace(first), tab.replace(first)]);
    expect(second).toBe(again);
    expect(await tab.replace(first)).toBe(second);
    expect(refreshes()).toBe(2);
  });

  test("renews a token that is about to end before using it", async () => {
    const { openTab, refreshes } = browser((call) => ok(accessToken({ n: call, lives_s: 5 })));
    const tab = openTab();
    await tab.accessToken();
    await tab.accessToken();
    expect(refreshes()).toBe(2);
  });

  test("that has ended keeps the person, so that the page can stay below the sign-in", async () => {
    const { openTab } = browser((call) => (call === 0 ? ok(accessToken()) : refused()));
    const tab = openTab();
    await tab.signIn(credentials);
    await expect(tab.replace(await tab.accessToken())).rejects.toMatchObject({
      code: "SIGNED_OUT",
    });
    expect(tab.state.get()).toMatchObject({ status: "expired", person: { username: "l1.ana" } });
  });

  test("that has ended asks the server no more until somebody signs in", async () => {
    const { openTab, refreshes } = browser((call) => (call === 0 ? ok(accessToken()) : refused()));
    const tab = openTab();
    await tab.signIn(credentials);
    await expect(tab.replace(await tab.accessToken())).rejects.toThrow();
    await expect(tab.accessToken()).rejects.toMatchObject({ code: "SIGNED_OUT" });
    expect(refreshes()).toBe(1);
  });

  test("does not end because the network is away", async () => {
    const { openTab } = browser((call) => {
      if (call === 0) return ok(accessToken());
      throw new TypeError("Failed to fetch");
    });
    const tab = openTab();
    await tab.signIn(credentials);
    await expect(tab.replace(await tab.accessToken())).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
    expect(tab.state.get().status).toBe("signed-in");
  });

  test.each([429, 503])("does not end because the server answers %i", async (status) => {
    const { openTab } = browser((call) =>
      call === 0
        ? ok(accessToken())
        : Response.json({ error: "Later.", code: "SERVICE_UNAVAILABLE" }, { status }),
    );
    const tab = openTab();
    await tab.signIn(credentials);
    await expect(tab.replace(await tab.accessToken())).rejects.toMatchObject({ status });
    expect(tab.state.get().status).toBe("signed-in");
  });

  test("of one tab is the session of all: signing in and out is heard everywhere", async () => {
    const { openTab } = browser(() => ok(accessToken()));
    const [here, there] = [openTab(), openTab()];
    const heard = vi.fn();
    there.state.subscribe(heard);
    await here.signIn(credentials);
    expect(there.state.get().status).toBe("signed-in");
    await here.signOut();
    expect(there.state.get().status).toBe("signed-out");
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test("a token with other roles is heard of here and in every other tab", async () => {
    const roles = [{ system: "tts", role: "Admin" }];
    const { openTab } = browser((call) =>
      ok(accessToken({ n: call, roles: call > 0 ? roles : [] })),
    );
    const [here, there] = [openTab(), openTab()];
    await here.signIn(credentials);
    expect(here.state.get().person?.roles).toEqual([]);
    await here.renew();
    expect(here.state.get().person?.roles).toEqual(roles);
    expect(there.state.get().person?.roles).toEqual(roles);
  });

  test("a refresh that changes nothing about the person is no news", async () => {
    const { openTab } = browser((call) => ok(accessToken({ n: call })));
    const tab = openTab();
    await tab.signIn(credentials);
    const heard = vi.fn();
    tab.state.subscribe(heard);
    await tab.renew();
    expect(heard).not.toHaveBeenCalled();
  });

  test("asks nothing on a first visit", async () => {
    const { openTab, refreshes } = browser(refused);
    const tab = openTab();
    await tab.resume();
    expect(refreshes()).toBe(0);
    expect(tab.state.get().status).toBe("signed-out");
  });
});
