/** What the page may know from an access token. It shows this; servers decide by the signature. */
export interface Person {
  id: number;
  username: string;
  email: string;
  roles: readonly { system: string; role: string }[];
}

export interface AccessToken {
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  person: Person;
}

interface Claims {
  sub: string;
  exp: number;
  username?: string;
  email?: string;
  roles?: { system: string; role: string }[];
}

function claimsOf(value: string): Claims {
  const payload = value.split(".")[1];
  if (payload === undefined) throw new Error("not a JSON web token");
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}

export function readToken(value: string): AccessToken {
  const claims = claimsOf(value);
  return {
    value,
    expiresAt: claims.exp * 1_000,
    person: {
      id: Number(claims.sub),
      username: claims.username ?? "",
      email: claims.email ?? "",
      roles: claims.roles ?? [],
    },
  };
}
