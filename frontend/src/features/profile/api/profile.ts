import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { me } from "@/shared/api/me";
import { PICTURES } from "@/shared/api/picture";
import { session } from "@/shared/api/session";
import type { Proof } from "@/shared/proof/ProofForm";
import { secondFactor } from "@/shared/proof/secondFactor";

export type ProfileChange = components["schemas"]["PatchedProfileInRequest"];
export type Me = components["schemas"]["MeOut"];
export type SessionRow = components["schemas"]["SessionOut"];

const SESSIONS = ["profile", "sessions"] as const;

export const useMe = () => useQuery(me);

export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileChange) => bodyOf(auth.PATCH("/api/v1/users/me/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

export const useChangePassword = () =>
  useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      bodyOf(auth.POST("/password/change/", { body })),
  });

export const useSessions = () =>
  useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) =>
      bodyOf(auth.GET("/api/v1/sessions/", { params: { query: { page_size: 100 } }, signal })),
  });

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session: string) =>
      bodyOf(auth.DELETE("/api/v1/sessions/{session}/", { params: { path: { session } } })),
    // Not awaited: the row that asked goes with the list, and its callbacks with it.
    onSuccess: () => void client.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export function useEndOthers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(auth.POST("/api/v1/sessions/end-others/")),
    // Not awaited: the row that asked goes with the list, and its callbacks with it.
    onSuccess: () => void client.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export const useSetUpTotp = () =>
  useMutation({
    mutationFn: (password: string) =>
      bodyOf(auth.POST("/api/v1/2fa/totp/setup/", { body: { password } })),
  });

/** The roles of a person may have come or gone with it. A failure mends with the next refresh. */
function factorChanged(client: QueryClient) {
  void session.renew().catch(() => undefined);
  return client.invalidateQueries({ queryKey: secondFactor.queryKey });
}

export function useEnable(method: "totp" | "email") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Proof) =>
      bodyOf(
        method === "totp"
          ? auth.POST("/api/v1/2fa/totp/enable/", { body })
          : auth.POST("/api/v1/2fa/email/enable/", { body }),
      ),
    onSuccess: () => factorChanged(client),
  });
}

export function useDisable() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Proof) => bodyOf(auth.POST("/api/v1/2fa/disable/", { body })),
    onSuccess: () => factorChanged(client),
  });
}

export function useRenewCodes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Proof) => bodyOf(auth.POST("/api/v1/2fa/recovery-codes/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: secondFactor.queryKey }),
  });
}

async function pictureChanged(client: QueryClient) {
  await client.invalidateQueries({ queryKey: me.queryKey });
  await client.invalidateQueries({ queryKey: PICTURES });
}

export function useSetPicture() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set("file", file);
      // The body is described as text; what is sent is the file itself.
      const body = { file: file.name };
      return bodyOf(auth.PUT("/api/v1/users/me/picture/", { body, bodySerializer: () => form }));
    },
    onSuccess: () => pictureChanged(client),
  });
}

export function useRemovePicture() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(auth.DELETE("/api/v1/users/me/picture/")),
    onSuccess: () => pictureChanged(client),
  });
}
