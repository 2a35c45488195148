import { queryOptions } from "@tanstack/react-query";
import { auth, bodyOf } from "./client";

/** One's own account. Closed to whoever must set up a second factor first. */
export const me = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => bodyOf(auth.GET("/api/v1/users/me/", { signal })),
});
