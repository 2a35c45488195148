import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { followSession, queryClient } from "@/shared/api/queryClient";
import { session } from "@/shared/api/session";
import { colourScheme, theme, variables } from "@/shared/theme/theme";
import { router } from "./router";

/** Signing out, here or in another tab, leaves the page. */
function leaveWhenSignedOut(): () => void {
  return session.state.subscribe(() => {
    if (session.state.get().status === "signed-out") void router.navigate({ to: "/sign-in" });
  });
}

/** Other roles may open other pages: the page that is shown is asked about again. */
function followRoles(): () => void {
  const rolesNow = () => JSON.stringify(session.state.get().person?.roles ?? []);
  let roles = rolesNow();
  return session.state.subscribe(() => {
    if (roles === rolesNow()) return;
    roles = rolesNow();
    if (session.state.get().status === "signed-in") void router.invalidate();
  });
}

export function App() {
  useEffect(() => {
    const stops = [followSession(), leaveWhenSignedOut(), followRoles()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
