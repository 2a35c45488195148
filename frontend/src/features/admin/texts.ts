/** Imported by whatever is loaded first of these pages: what they say comes with them. */
import { admin } from "@/shared/lib/en.admin";
import { addTexts } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";

addTexts({ admin });
