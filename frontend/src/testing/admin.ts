import { http, HttpResponse } from "msw";
import { session } from "@/shared/api/session";
import { server } from "./server";
import { accessToken } from "./token";

/** Somebody is signed in who administers these systems. */
export async function administer(...systems: string[]): Promise<void> {
  const roles = systems.map((system) => ({ system, role: "Admin" }));
  server.use(
    http.post("*/auth/login/", () =>
      HttpResponse.json({ access: accessToken({ id: 1, username: "admin", roles }) }),
    ),
    http.post("*/auth/logout/", () => HttpResponse.json({ message: "Bye." })),
  );
  await session.signOut();
  await session.signIn({ username: "admin", password: "secret" });
}

/** A page of a list, all of it unless told otherwise. */
export const listOf = (results: object[], count = results.length) =>
  HttpResponse.json({ count, next: null, previous: null, results });

export const refusal = (status: number, code: string, errors: Record<string, string[]> = {}) => {
  const error = Object.values(errors)[0]?.[0] ?? `Refused: ${code}`;
  return HttpResponse.json({ error, code, details: { errors } }, { status });
};

export const SYSTEMS = [
  { id: 1, slug: "tts", name: "Ticket Tracking", description: "" },
  { id: 2, slug: "ams", name: "Assets", description: "" },
];

export const aRole = (over: object = {}) => ({
  id: 5,
  name: "L1 Support",
  description: "First line",
  permissions: ["tasks.view"],
  system: "tts",
  requires_second_factor: false,
  is_builtin: false,
  members: 0,
  ...over,
});

export const aPerson = (over: object = {}) => ({
  id: 7,
  username: "l1.ana",
  email: "ana@example.com",
  first_name: "Ana",
  last_name: "Alvarez",
  is_active: true,
  date_joined: "2026-11-24T09:00:00Z",
  phone: "",
  time_zone: "UTC",
  language: "en",
  picture: null,
  roles: [],
  last_login: null,
  ...over,
});

export const aMembership = (over: object = {}) => ({
  assignment_id: 11,
  user_id: 7,
  username: "l1.ana",
  full_name: "Ana Alvarez",
  role_id: 5,
  role_name: "L1 Support",
  system: "tts",
  assigned_at: "2026-11-24T09:00:00Z",
  is_active: true,
  ...over,
});
