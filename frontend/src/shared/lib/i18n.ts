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

type Values = Record<string, string | number>;

/** Every sentence by its whole key: `queue.tab.mine`. */
const sentences = new Map<string, string>();

function learn(texts: object, prefix = ""): void {
  for (const [name, text] of Object.entries(texts) as [string, string | object][]) {
    if (typeof text === "string") sentences.set(prefix + name, text);
    else learn(text, `${prefix}${name}.`);
  }
}

learn(en);

/** Sentences of pages that few people open; to be added before these are shown. */
export function addTexts(texts: Partial<Later>): void {
  learn(texts);
}

const plurals = new Intl.PluralRules("en");

function sentenceOf(key: string, { count }: Values): string {
  const form = typeof count === "number" ? `${key}_${plurals.select(count)}` : key;
  return sentences.get(form) ?? sentences.get(key) ?? key;
}

/** The sentence of a key; what is not given stays as it is. React escapes what is put into it. */
export function t(key: TextKey, values: Values = {}): string {
  return sentenceOf(key, values).replace(/\{\{(\w+)\}\}/g, (slot, name: string) =>
    String(values[name] ?? slot),
  );
}

/** For words that the server chose (a state, a kind): the key if there is one, else the word. */
export function tOr(key: string, otherwise: string): string {
  return sentences.get(key) ?? otherwise;
}
