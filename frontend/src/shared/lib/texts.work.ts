/** To be imported by whatever speaks of work on tickets. */
import { work } from "./en.work";
import { addTexts } from "./i18n";

addTexts(work);
