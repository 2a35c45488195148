/** Lists by page number, as the Auth Service answers them. */
export const PAGE_SIZE = 50;
const LARGEST_PAGE = 100;

export interface Page<T> {
  count: number;
  next?: string | null;
  results: T[];
}

/** A page number of an address; what is none is the first page. */
export function readPage(raw: unknown): number {
  const page = Number(raw);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** Every row of a list that is short by nature, such as the roles of a system. */
export async function everyRow<T>(
  read: (query: { page: number; page_size: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let page = 1; ; page += 1) {
    const { results, next } = await read({ page, page_size: LARGEST_PAGE });
    rows.push(...results);
    if (next === null || next === undefined) return rows;
  }
}
