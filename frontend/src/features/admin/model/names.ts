interface Named {
  username?: string;
  email?: string;
  first_name?: string;
  last_name?: string;
}

/** First and last name, or what else a person is called. */
export function nameOf({ username, email, first_name, last_name }: Named): string {
  const full = `${first_name ?? ""} ${last_name ?? ""}`.trim();
  return full !== "" ? full : (username ?? email ?? "");
}
