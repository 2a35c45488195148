import { Button } from "@mantine/core";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";
import { Dialog } from "@/shared/ui/Dialog";
import { SignInForm } from "./SignInForm";
import classes from "./SignIn.module.css";

/** Opens over the page when the session ends; what stands below is kept as it is. */
export default function SignInAgain({ username }: { username: string }) {
  return (
    <Dialog title={t("session.again")} size="sm">
      <p className={classes.hint}>{t("session.againHint")}</p>
      <SignInForm username={username} onDone={() => undefined} />
      <Button
        variant="subtle"
        fullWidth
        className={classes.other}
        onClick={() => void session.signOut()}
      >
        {t("session.other")}
      </Button>
    </Dialog>
  );
}
