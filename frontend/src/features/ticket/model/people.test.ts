import { expect, test } from "vitest";
import { aDetail, anEntry } from "@/testing/samples";
import { namesIn } from "./people";

test("who acted on a ticket, owns it or had it is known by name", () => {
  const names = namesIn(
    aDetail({
      history: [anEntry({ user_id: 4, user_full_name: "Ben Baker" }), anEntry({ user_id: null })],
      owner: { user_id: 2, username: "coordinator", name: "Cleo Coordinator", email: "" },
      assigned_user: { user_id: 3, username: "l1.ana", name: "Ana Alvarez", email: "" },
      assigned_user_name: "Ana Alvarez",
    }),
  );
  expect([...names]).toEqual([
    [4, "Ben Baker"],
    [2, "Cleo Coordinator"],
    [3, "Ana Alvarez"],
  ]);
});
