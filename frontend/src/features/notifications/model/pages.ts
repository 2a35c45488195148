/** Changes to the loaded pages of notifications, as pure functions. */
import type { Notification, NotificationPage } from "@/shared/api/types";

interface Pages {
  pages: NotificationPage[];
  pageParams: unknown[];
}

const each = (pages: Pages, by: (page: NotificationPage) => NotificationPage): Pages => ({
  ...pages,
  pages: pages.pages.map(by),
});

const find = (pages: Pages, id: number): Notification | undefined =>
  pages.pages.flatMap((page) => page.results).find((each) => each.id === id);

/** Every page repeats the number of unread ones; the first page's is the one that counts. */
export const unreadOf = (pages: Pages | undefined): number => pages?.pages[0]?.unread_count ?? 0;

export const withUnread = (pages: Pages, unread_count: number): Pages =>
  each(pages, (page) => ({ ...page, unread_count }));

/** A frame may repeat what a page brought: it replaces then, and is not counted twice. */
export function withNew(pages: Pages, arrived: Notification): Pages {
  if (find(pages, arrived.id) !== undefined) {
    return each(pages, (page) => ({
      ...page,
      results: page.results.map((known) => (known.id === arrived.id ? arrived : known)),
    }));
  }
  const [first, ...rest] = pages.pages;
  if (first === undefined) return pages;
  const grown = { ...first, results: [arrived, ...first.results] };
  return { ...pages, pages: [grown, ...rest] };
}

export function withRead(pages: Pages, id: number): Pages {
  const known = find(pages, id);
  if (known === undefined || known.is_read) return pages;
  const marked = withNew(pages, { ...known, is_read: true });
  return withUnread(marked, Math.max(unreadOf(pages) - 1, 0));
}

export const withAllRead = (pages: Pages): Pages =>
  withUnread(
    each(pages, (page) => ({
      ...page,
      results: page.results.map((known) => ({ ...known, is_read: true })),
    })),
    0,
  );
