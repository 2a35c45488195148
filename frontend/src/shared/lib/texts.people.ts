/** To be imported by whatever speaks of accounts, profiles and proofs. */
import { people } from "./en.people";
import { addTexts } from "./i18n";

addTexts(people);
