import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";

/** A person waits this long before another code by mail may be asked for. */
export const BETWEEN_MAILS_S = 30;

export type FactorStatus = components["schemas"]["StatusOut"];

/** What is switched on for oneself, and whether a role demands it. */
export const secondFactor = queryOptions({
  queryKey: ["second-factor"],
  queryFn: ({ signal }) => bodyOf(auth.GET("/api/v1/2fa/", { signal })),
});

export const useSecondFactor = () => useQuery(secondFactor);

/** Nothing else is open to whoever must set one up first. */
export const mustSetUp = (status: FactorStatus | undefined): boolean =>
  status !== undefined && status.required && status.method === "none";

/** Mails a code to whoever is signed in and knows the password. */
export const useMailCode = () =>
  useMutation({
    mutationFn: (password: string) =>
      bodyOf(auth.POST("/api/v1/2fa/email/setup/", { body: { password } })),
  });
