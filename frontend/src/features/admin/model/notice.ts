import { observable } from "@/shared/lib/observable";

/** What was done last, said above the page until the next thing is done or another page opened. */
export const notice = observable<string | null>(null);

export const tell = (text: string): void => notice.set(text);
