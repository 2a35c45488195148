import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { session } from "@/shared/api/session";
import { useCommands, type Command } from "@/shared/lib/commands";
import type { Panels } from "./panels";

/** What can be done from everywhere. */
export function useShellCommands(panels: Panels): void {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const general = { group: "commands.general" } as const;
  const commands: Command[] = [
    {
      id: "palette",
      title: "commands.palette",
      ...general,
      keys: "mod+k",
      whileTyping: true,
      run: () => panels.open("palette"),
    },
    {
      id: "go-queue",
      title: "commands.goQueue",
      group: "commands.go",
      keys: "g q",
      run: () => void navigate({ to: "/" }),
    },
    {
      id: "go-profile",
      title: "commands.goProfile",
      group: "commands.go",
      keys: "g p",
      run: () => void navigate({ to: "/profile" }),
    },
    {
      id: "help",
      title: "commands.help",
      ...general,
      keys: "?",
      run: () => panels.open("help"),
    },
    {
      id: "theme-light",
      title: "commands.themeLight",
      ...general,
      run: () => setColorScheme("light"),
    },
    {
      id: "theme-dark",
      title: "commands.themeDark",
      ...general,
      run: () => setColorScheme("dark"),
    },
    {
      id: "theme-auto",
      title: "commands.themeAuto",
      ...general,
      run: () => setColorScheme("auto"),
    },
    { id: "sign-out", title: "session.signOut", ...general, run: () => void session.signOut() },
  ];
  useCommands(commands);
}
