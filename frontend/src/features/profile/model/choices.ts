/** What a person can choose as time zone and language. */
export interface Choice {
  value: string;
  label: string;
}

const plain = (name: string): Choice => ({ value: name, label: name.replaceAll("_", " ") });

export const ZONES: readonly Choice[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
].map(plain);

const TAGS = [
  "ar",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "fi",
  "fr",
  "hi",
  "hu",
  "it",
  "ja",
  "ko",
  "nb",
  "nl",
  "pl",
  "pt",
  "pt-BR",
  "ro",
  "ru",
  "sv",
  "tl",
  "tr",
  "uk",
  "vi",
  "zh",
];

/** A language by its own name, as those look for it who speak it. */
function named(tag: string): Choice {
  const own = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return { value: tag, label: own.charAt(0).toLocaleUpperCase(tag) + own.slice(1) };
}

export const LANGUAGES: readonly Choice[] = TAGS.map(named).sort((a, b) =>
  a.label.localeCompare(b.label),
);

/** The choices, and what somebody has already although it is not among them. */
export function withOwn(choices: readonly Choice[], own: string): Choice[] {
  const isKnown = own === "" || choices.some(({ value }) => value === own);
  return isKnown ? [...choices] : [plain(own), ...choices];
}
