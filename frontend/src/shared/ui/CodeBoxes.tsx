import {
  useId,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type SyntheticEvent,
} from "react";
import classes from "./CodeBoxes.module.css";

const DIGITS = 6;
const PLACES = Array.from({ length: DIGITS }, (_, index) => index);

interface Props {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Called when the last box is filled. */
  onFull?: (() => void) | undefined;
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, "").slice(0, DIGITS);

/** Where the caret stands: a digit is chosen, so that typing replaces it; after the last, none. */
function useCaret(value: string) {
  const field = useRef<HTMLInputElement | null>(null);
  const [at, setAt] = useState<number | null>(null);

  function place(index: number, length = value.length) {
    const start = Math.min(Math.max(index, 0), length, DIGITS - 1);
    field.current?.setSelectionRange(start, Math.min(start + 1, length));
    setAt(start);
  }

  /** Follows what the browser did with the caret. A field that is born with the focus has no ref yet. */
  function follow({ currentTarget: element }: SyntheticEvent<HTMLInputElement>) {
    if (document.activeElement !== element) return;
    field.current ??= element;
    const { selectionStart: start, selectionEnd: end } = element;
    if (start === null || end === null) return;
    // Everything is chosen, by whoever wants to type or copy all of it.
    if (end - start > 1) setAt(start);
    else place(start);
  }

  return { field, at, place, follow, leave: () => setAt(null) };
}

/**
 * Six boxes for a one-time code, which are one field: with one label, one place for a password
 * manager to fill, and the keys of any other field.
 */
export function CodeBoxes({ name, label, hint, error, onFull }: Props) {
  const id = useId();
  const [value, setValue] = useState("");
  const { field, at, place, follow, leave } = useCaret(value);

  function take(next: string) {
    setValue(next);
    // Once the field has the digits, so that the form that is sent has them too.
    if (next.length === DIGITS && value.length < DIGITS) setTimeout(() => onFull?.(), 0);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || event.shiftKey || at === null) return;
    event.preventDefault();
    place(at + step);
  }

  /** A whole code replaces whatever was there. */
  function onPaste(event: ClipboardEvent) {
    const pasted = digitsOf(event.clipboardData.getData("text"));
    if (pasted.length < DIGITS) return;
    event.preventDefault();
    take(pasted);
  }

  const told = [hint && `${id}-hint`, error && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className={classes.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={classes.group} data-fault={error ? true : undefined}>
        <div className={classes.boxes} aria-hidden>
          {PLACES.map((index) => (
            <span key={index} className={classes.box} data-active={index === at || undefined}>
              {value[index]}
            </span>
          ))}
        </div>
        <input
          ref={field}
          id={id}
          name={name}
          className={classes.input}
          value={value}
          inputMode="numeric"
          autoComplete="one-time-code"
          aria-invalid={error ? true : undefined}
          aria-describedby={told || undefined}
          data-autofocus
          autoFocus
          onChange={(event) => take(digitsOf(event.currentTarget.value))}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onSelect={follow}
          onFocus={follow}
          onBlur={leave}
          onClick={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect();
            if (width > 0) place(Math.floor(((event.clientX - left) / width) * DIGITS));
          }}
        />
      </div>
      {error && (
        <p className={classes.fault} id={`${id}-fault`}>
          {error}
        </p>
      )}
    </div>
  );
}
