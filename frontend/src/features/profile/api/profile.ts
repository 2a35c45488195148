import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";

export type ProfileChange = components["schemas"]["PatchedProfileInRequest"];
export type SessionRow = components["schemas"]["SessionOut"];

const ME = ["profile", "me"] as const;
const SESSIONS = ["profile", "sessions"] as const;
const FACTOR = ["profile", "second-factor"] as const;

const me = queryOptions({
  queryKey: ME,
  queryFn: ({ signal }) => bodyOf(auth.GET("/api/v1/users/me/", { signal })),
});

export const useMe = () => useQuery(me);

export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileChange) => bodyOf(auth.PATCH("/api/v1/users/me/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ME }),
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
    onSuccess: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export function useEndOthers() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(auth.POST("/api/v1/sessions/end-others/")),
    onSuccess: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export const useSecondFactor = () =>
  useQuery({
    queryKey: FACTOR,
    queryFn: ({ signal }) => bodyOf(auth.GET("/api/v1/2fa/", { signal })),
  });

export const useSetUpTotp = () =>
  useMutation({
    mutationFn: (password: string) =>
      bodyOf(auth.POST("/api/v1/2fa/totp/setup/", { body: { password } })),
  });

export const useSetUpEmail = () =>
  useMutation({
    mutationFn: (password: string) =>
      bodyOf(auth.POST("/api/v1/2fa/email/setup/", { body: { password } })),
  });

interface Proof {
  password: string;
  code: string;
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
    onSuccess: () => client.invalidateQueries({ queryKey: FACTOR }),
  });
}

export function useDisable() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Proof) => bodyOf(auth.POST("/api/v1/2fa/disable/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: FACTOR }),
  });
}
