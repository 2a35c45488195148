const part = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");

/** An access token as the page reads it; nobody checks its signature here. */
export function accessToken({
  id = 3,
  username = "l1.ana",
  lives_s = 900,
  n = 0,
  roles = [{ system: "tts", role: "L1 Support" }],
} = {}): string {
  const exp = Math.floor(Date.now() / 1000) + lives_s;
  return `${part({ alg: "RS256" })}.${part({ sub: String(id), exp, username, roles, n })}.signature`;
}
