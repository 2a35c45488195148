/** API keys and service clients are kept alike; this is what tells them apart. */
import type { components } from "@/shared/api/generated/auth";
import { auth, bodyOf } from "@/shared/api/client";
import type { Page } from "../model/pages";

type Schemas = components["schemas"];
export type Scope = Schemas["ScopesEnum"];
export type Audience = Schemas["AudienceEnum"];
export type Kind = "keys" | "clients";

export interface Credential {
  id: number;
  name: string;
  /** A client's id, or how a key begins. */
  publicId: string;
  scopes: readonly string[];
  audiences: readonly string[];
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

/** A credential with its secret, which no other answer repeats. */
export interface Shown {
  name: string;
  publicId: string | null;
  secret: string;
}

export interface NewCredential {
  name: string;
  scopes: Scope[];
  audiences: Audience[];
  expires_at: string | null;
}

interface Calls {
  list: (page: number, pageSize: number, signal: AbortSignal) => Promise<Page<Credential>>;
  create: (wanted: NewCredential) => Promise<Shown>;
  rotate: (id: number, graceHours: number) => Promise<Shown>;
  revoke: (id: number) => Promise<unknown>;
}

// Each name once, and every name: a missing or strange one does not compile.
export const SCOPES = Object.keys({
  "users:read": true,
  "roles:read": true,
  "tasks:read": true,
  "tickets:read": true,
  "workflows:read": true,
  "audit:read": true,
  "notifications:send": true,
} satisfies Record<Scope, true>) as Scope[];

export const AUDIENCES = Object.keys({
  workflow_api: true,
  messaging_service: true,
  notification_service: true,
  ticket_service: true,
  auth_service: true,
} satisfies Record<Audience, true>) as Audience[];

const fromKey = ({ prefix, created_by = "", ...row }: Schemas["ApiKeyOut"]): Credential => ({
  ...row,
  created_by,
  publicId: prefix,
  audiences: [],
});

const fromClient = ({
  client_id,
  created_by = "",
  ...row
}: Schemas["ServiceClientOut"]): Credential => ({ ...row, created_by, publicId: client_id });

const shownKey = ({ name, key }: Schemas["ApiKeySavedOut"]): Shown => ({
  name,
  publicId: null,
  secret: key,
});

const shownClient = (saved: Schemas["ServiceClientSavedOut"]): Shown => ({
  name: saved.name,
  publicId: saved.client_id,
  secret: saved.client_secret,
});

const keys: Calls = {
  list: async (page, page_size, signal) => {
    const query = { page, page_size };
    const answer = await bodyOf(auth.GET("/api/v1/api-keys/", { params: { query }, signal }));
    return { ...answer, results: answer.results.map(fromKey) };
  },
  create: async ({ name, scopes, expires_at }) => {
    const body = { name, scopes, expires_at };
    return shownKey(await bodyOf(auth.POST("/api/v1/api-keys/", { body })));
  },
  rotate: async (key_id, grace_hours) => {
    const rest = { params: { path: { key_id } }, body: { grace_hours } };
    return shownKey(await bodyOf(auth.POST("/api/v1/api-keys/{key_id}/rotate/", rest)));
  },
  revoke: (key_id) =>
    bodyOf(auth.DELETE("/api/v1/api-keys/{key_id}/", { params: { path: { key_id } } })),
};

const clients: Calls = {
  list: async (page, page_size, signal) => {
    const query = { page, page_size };
    const answer = await bodyOf(
      auth.GET("/api/v1/service-clients/", { params: { query }, signal }),
    );
    return { ...answer, results: answer.results.map(fromClient) };
  },
  create: async (body) =>
    shownClient(await bodyOf(auth.POST("/api/v1/service-clients/", { body }))),
  rotate: async (client_id, grace_hours) => {
    const rest = { params: { path: { client_id } }, body: { grace_hours } };
    return shownClient(
      await bodyOf(auth.POST("/api/v1/service-clients/{client_id}/rotate/", rest)),
    );
  },
  revoke: (client_id) =>
    bodyOf(
      auth.DELETE("/api/v1/service-clients/{client_id}/", { params: { path: { client_id } } }),
    ),
};

export const CALLS: Record<Kind, Calls> = { keys, clients };
