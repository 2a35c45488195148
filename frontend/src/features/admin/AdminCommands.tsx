import { useNavigate } from "@tanstack/react-router";
import { useCommands, type Command } from "@/shared/lib/commands";
import { meets, useRights } from "./model/rights";
import { SECTIONS } from "./model/sections";

/** Every page of administration that one may see can be jumped to. Shows nothing itself. */
export default function AdminCommands(): null {
  const navigate = useNavigate();
  const rights = useRights();
  const offered = SECTIONS.filter(({ need }) => meets(rights, need));
  const commands: Command[] = offered.map(({ to, title }, index) => ({
    id: `go${to.replaceAll("/", "-")}`,
    title,
    group: "administration.title",
    ...(index === 0 && { keys: "g a" }),
    run: () => void navigate({ to }),
  }));
  useCommands(commands);
  return null;
}
