import { expect, test } from "vitest";
import type { Notification, NotificationPage } from "@/shared/api/types";
import { unreadOf, withAllRead, withNew, withRead, withUnread } from "./pages";

const note = (id: number, is_read = false) => ({ id, is_read, subject: `n${id}` }) as Notification;

const pages = (unread_count: number, ...results: Notification[]) => ({
  pages: [{ unread_count, results } as NotificationPage],
  pageParams: [""] as unknown[],
});
const ids = ({ pages: all }: ReturnType<typeof pages>) =>
  all.flatMap((page) => page.results.map(({ id }) => id));

test("a new notification comes first", () => {
  expect(ids(withNew(pages(1, note(1)), note(2)))).toEqual([2, 1]);
});

test("a repeated one replaces and is not listed twice", () => {
  const twice = withNew(withNew(pages(1, note(1)), note(2)), note(2, true));
  expect(ids(twice)).toEqual([2, 1]);
  expect(twice.pages[0]?.results[0]?.is_read).toBe(true);
});

test("reading one lowers the count once", () => {
  const read = withRead(pages(2, note(1), note(2)), 1);
  expect(unreadOf(read)).toBe(1);
  expect(unreadOf(withRead(read, 1))).toBe(1);
});

test("the server's count wins", () => {
  expect(unreadOf(withUnread(pages(2, note(1)), 7))).toBe(7);
});

test("marking all leaves none", () => {
  const read = withAllRead(pages(2, note(1), note(2)));
  expect(unreadOf(read)).toBe(0);
  expect(read.pages[0]?.results.every((each) => each.is_read)).toBe(true);
});

test("nothing loaded is nothing unread", () => {
  expect(unreadOf(undefined)).toBe(0);
});
