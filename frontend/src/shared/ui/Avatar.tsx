import classes from "./Avatar.module.css";

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [words[0]?.slice(0, 2)];
  return letters.join("").toUpperCase();
}

const HUES = 6;

function hue(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

interface Props {
  name: string;
  size?: number;
  /** The picture that the person chose, once it is here. */
  src?: string | null;
}

/** Initials, or a picture, beside a name that is written out; so it says nothing to a screen reader. */
export function Avatar({ name, size = 20, src = null }: Props) {
  if (src !== null) {
    return <img className={classes.picture} src={src} alt="" width={size} height={size} />;
  }
  return (
    <span
      aria-hidden
      className={classes.avatar}
      data-hue={hue(name)}
      data-initials={initials(name)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.42) }}
    />
  );
}
