import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { auth, bodyOf, workflow } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { PAGE_SIZE } from "../model/pages";
import { queryOf, type PeopleSearch } from "./search";
import { useRefresh } from "../model/refresh";

export type PersonRow = components["schemas"]["UserOut"];
export type PersonDetail = components["schemas"]["UserDetailOut"];
export type PersonChange = components["schemas"]["PatchedUserChangeInRequest"];
export type NewPerson = components["schemas"]["UserCreateInRequest"];
export type ImportReport = components["schemas"]["ImportOut"];

const PEOPLE = ["admin", "people"] as const;

export const usePeople = (search: PeopleSearch) =>
  useQuery({
    queryKey: [...PEOPLE, "list", search],
    queryFn: ({ signal }) => {
      const query = { ...queryOf(search), page_size: PAGE_SIZE };
      return bodyOf(auth.GET("/api/v1/users/", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const usePerson = (userId: number) =>
  useQuery({
    queryKey: [...PEOPLE, "one", userId],
    queryFn: ({ signal }) =>
      bodyOf(
        auth.GET("/api/v1/users/{user_id}/", { params: { path: { user_id: userId } }, signal }),
      ),
  });

/** How many tasks that are not done are assigned to somebody. */
export const useOpenTasks = (userId: number) =>
  useQuery({
    queryKey: ["tasks", "open-of", userId],
    queryFn: async ({ signal }) => {
      const query = { assigned_user: userId, status: "open", page_size: 1 } as const;
      const page = await bodyOf(workflow.GET("/tasks/", { params: { query }, signal }));
      return page.count;
    },
  });

export function useChangePerson(userId: number) {
  const onSuccess = useRefresh(PEOPLE);
  return useMutation({
    mutationFn: (body: PersonChange) =>
      bodyOf(
        auth.PATCH("/api/v1/users/{user_id}/", { params: { path: { user_id: userId } }, body }),
      ),
    onSuccess,
  });
}

export function useSetActive(userId: number, isActive: boolean) {
  const onSuccess = useRefresh(PEOPLE);
  return useMutation({
    mutationFn: (reason: string) => {
      const rest = { params: { path: { user_id: userId } }, body: { reason } };
      return bodyOf(
        isActive
          ? auth.POST("/api/v1/users/{user_id}/reactivate/", rest)
          : auth.POST("/api/v1/users/{user_id}/deactivate/", rest),
      );
    },
    onSuccess,
  });
}

/** Reads a file, and with `write` does what it says. */
export function useImport(write: boolean) {
  const refresh = useRefresh(PEOPLE);
  return useMutation({
    mutationFn: (file: File): Promise<ImportReport> => {
      const form = new FormData();
      form.append("file", file);
      return bodyOf(
        auth.POST("/api/v1/users/import/", {
          params: { query: { dry_run: !write } },
          body: { file: "" },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: () => (write ? refresh() : undefined),
  });
}

export const useExport = () =>
  useMutation({
    mutationFn: () =>
      bodyOf<unknown>(auth.GET("/api/v1/users/export/", { parseAs: "blob" })) as Promise<Blob>,
    onSuccess: (blob) => saveAs(blob, "people.csv"),
  });

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
