import i18next from "i18next";
import { en } from "./en";
import type { admin } from "./en.admin";
import type { people } from "./en.people";
import type { work } from "./en.work";

type Paths<T, P extends string = ""> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Paths<T[K], `${P}${K}.`>;
}[keyof T & string];

type WithoutPlural<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** What is loaded with the pages that say it, by `addTexts`. */
type Later = typeof people &
  typeof work & {
    admin: typeof admin;
  };

/** Every key there is; a misspelt one does not compile. */
export type TextKey = WithoutPlural<Paths<typeof en & Later>>;

void i18next.init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});

/** Sentences of pages that few people open; to be added before these are shown. */
export function addTexts(texts: Partial<Later>): void {
  i18next.addResourceBundle("en", "translation", texts, true, true);
}

/** The sentence of a key. React escapes what is put into it. */
export function t(key: TextKey, values?: Record<string, string | number>): string {
  return i18next.t(key, values ?? {});
}

/** For words that the server chose (a state, a kind): the key if there is one, else the word. */
export function tOr(key: string, otherwise: string): string {
  return i18next.exists(key) ? i18next.t(key) : otherwise;
}
