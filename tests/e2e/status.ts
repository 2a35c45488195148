/** The running system as `scripts/status --json` describes it. */
import { readFileSync } from "node:fs";

interface Status {
  gateway: string;
  password: string;
  /** Where the mails of the system can be read. */
  mail: { api: string };
}

const file = process.env["TTS_STATUS_FILE"];
if (file === undefined) {
  throw new Error("TTS_STATUS_FILE must name a file with the output of scripts/status --json");
}

export const status = JSON.parse(readFileSync(file, "utf8")) as Status;
