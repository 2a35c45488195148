/** Budgets for what a browser downloads before a page works: its entry and all static imports. */
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function scriptsOf(...names) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    (manifest[name].imports ?? []).forEach(visit);
  };
  names.forEach(visit);
  return [...seen].map((name) => `dist/${manifest[name].file}`);
}

const page = (name, limit, ...entries) => ({
  name,
  limit,
  gzip: true,
  path: scriptsOf("index.html", ...entries),
});

const shell = "src/app/shell/Shell.tsx";

export default [
  page("sign-in", "170 KB", "src/features/auth/components/SignInPage.tsx"),
  page("queue", "180 KB", shell, "src/features/queue/components/QueuePage.tsx"),
  page("ticket", "190 KB", shell, "src/features/ticket/components/TicketPage.tsx"),
  page(
    "admin",
    "205 KB",
    shell,
    "src/features/admin/AdminPage.tsx",
    "src/features/admin/people/PeoplePage.tsx",
  ),
  page("profile", "210 KB", shell, "src/features/profile/components/ProfilePage.tsx"),
];
