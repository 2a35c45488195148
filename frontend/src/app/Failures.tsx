import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { usePageTitle } from "@/shared/lib/title";
import { problemText } from "@/shared/lib/problem";
import { Message } from "@/shared/ui/Message";

export function NotFoundPage() {
  usePageTitle(t("error.notFound"));
  return (
    <Message icon="search" title={t("error.notFound")} hint={t("error.notFoundHint")}>
      <Link to="/">{t("error.home")}</Link>
    </Message>
  );
}

export function RouteFailed({ error }: { error: unknown }) {
  return (
    <main>
      <Message alert icon="alert" title={t("error.title")} hint={problemText(error)}>
        <Button onClick={() => location.reload()}>{t("error.reload")}</Button>
      </Message>
    </main>
  );
}
