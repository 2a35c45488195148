/** What is being written survives reloads, crashes and sign-outs; one draft per person and kind. */
import { useState } from "react";
import { session } from "@/shared/api/session";
import { storage } from "@/shared/lib/storage";

function keyOf(place: string): string {
  const person = session.state.get().person?.id ?? 0;
  return `tts.draft.${person}.${place}`;
}

export interface Draft {
  text: string;
  write: (text: string) => void;
  /** False when this browser refuses to keep it. */
  isKept: boolean;
}

export function useDraft(place: string): Draft {
  const [key, setKey] = useState(() => keyOf(place));
  const [text, setText] = useState(() => storage.read(key) ?? "");
  const [isKept, setKept] = useState(true);
  const now = keyOf(place);
  if (now !== key) {
    setKey(now);
    setText(storage.read(now) ?? "");
  }
  function write(next: string) {
    setText(next);
    if (next === "") storage.remove(key);
    else setKept(storage.write(key, next));
  }
  return { text, write, isKept };
}
