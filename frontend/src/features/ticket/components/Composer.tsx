import { Button } from "@mantine/core";
import { useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { newKey } from "@/shared/api/client";
import { ApiError } from "@/shared/api/errors";
import { useCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { Icon } from "@/shared/ui/Icon";
import { Keys } from "@/shared/ui/Keys";
import "@/shared/lib/texts.work";
import { useWriteComment } from "../api/comments";
import { useDraft } from "../model/drafts";
import classes from "./Composer.module.css";

type Kind = "reply" | "note";

const KINDS: Kind[] = ["reply", "note"];
const MAX_LENGTH = 10_000;

const TEXTS = {
  reply: {
    hint: "compose.replyHint",
    placeholder: "compose.replyPlaceholder",
    send: "compose.sendReply",
  },
  note: {
    hint: "compose.noteHint",
    placeholder: "compose.notePlaceholder",
    send: "compose.sendNote",
  },
} as const;

/** Sends a draft; a repeated attempt carries the same key, so that it cannot be written twice. */
function useSender(ticketId: number, kind: Kind) {
  const draft = useDraft(`${ticketId}.${kind}`);
  const write = useWriteComment(ticketId);
  const key = useRef<string | null>(null);

  function edit(text: string) {
    key.current = null;
    draft.write(text);
  }

  function send() {
    const text = draft.text.trim();
    if (text === "" || text.length > MAX_LENGTH || write.isPending) return;
    const sent = (key.current ??= newKey());
    const visibility = kind === "note" ? "internal" : "public";
    write.mutate(
      { text, visibility, key: sent },
      {
        onSuccess: () => {
          // Not what has been typed meanwhile: typing lets go of the key.
          if (key.current === sent) edit("");
        },
        onError: (error) => {
          if (error instanceof ApiError && error.status > 0) key.current = null;
        },
      },
    );
  }

  return { draft, edit, send, write };
}

function KindSwitch({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <div className={classes.kinds} role="radiogroup" aria-label={t("compose.label")}>
      {KINDS.map((each) => (
        <label key={each} className={classes.kind} data-kind={each}>
          <input
            type="radio"
            name="comment-kind"
            checked={each === kind}
            onChange={() => onChange(each)}
          />
          <Icon name={each === "note" ? "lock" : "reply"} size={13} />
          {t(`compose.${each}`)}
        </label>
      ))}
      <span className={classes.hint}>{t(TEXTS[kind].hint)}</span>
    </div>
  );
}

function Editor({
  ticketId,
  kind,
  onTyping,
  field,
}: {
  ticketId: number;
  kind: Kind;
  onTyping: () => void;
  field: RefObject<HTMLTextAreaElement>;
}) {
  const { draft, edit, send, write } = useSender(ticketId, kind);
  const over = draft.text.trim().length - MAX_LENGTH;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") event.currentTarget.blur();
  }

  return (
    <>
      {write.isError && (
        <Banner tone="late">{t("compose.failed", { reason: problemText(write.error) })}</Banner>
      )}
      <textarea
        ref={field}
        className={classes.text}
        rows={2}
        aria-label={t(TEXTS[kind].placeholder)}
        placeholder={t(TEXTS[kind].placeholder)}
        value={draft.text}
        onChange={(event) => {
          edit(event.currentTarget.value);
          if (kind === "reply") onTyping();
        }}
        onKeyDown={onKeyDown}
      />
      <div className={classes.foot} data-idle={draft.text === "" || undefined}>
        <span className={classes.state}>
          {over > 0 && t("compose.tooLong", { count: over })}
          {over <= 0 && draft.text !== "" && t(draft.isKept ? "compose.draft" : "compose.noDraft")}
        </span>
        <Keys keys="mod+Enter" />
        <Button
          color={kind === "note" ? "var(--tts-note-solid)" : undefined}
          leftSection={kind === "note" ? <Icon name="lock" size={13} /> : undefined}
          disabled={draft.text.trim() === "" || over > 0}
          loading={write.isPending}
          onClick={send}
        >
          {t(TEXTS[kind].send)}
        </Button>
      </div>
    </>
  );
}

/** Two kinds of comment that nobody can mistake for each other, each with a draft of its own. */
export function Composer({ ticketId, onTyping }: { ticketId: number; onTyping: () => void }) {
  const [kind, setKind] = useState<Kind>("reply");
  const field = useRef<HTMLTextAreaElement>(null);

  function write(next: Kind) {
    setKind(next);
    setTimeout(() => field.current?.focus(), 0);
  }

  useCommands([
    {
      id: "reply",
      title: "commands.reply",
      group: "commands.task",
      keys: "r",
      run: () => write("reply"),
    },
    {
      id: "note",
      title: "commands.note",
      group: "commands.task",
      keys: "n",
      run: () => write("note"),
    },
  ]);
  return (
    <div className={classes.composer} data-kind={kind}>
      <KindSwitch kind={kind} onChange={setKind} />
      <Editor key={kind} ticketId={ticketId} kind={kind} onTyping={onTyping} field={field} />
    </div>
  );
}
