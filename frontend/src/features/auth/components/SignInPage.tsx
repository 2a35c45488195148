import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { SignInForm } from "./SignInForm";
import classes from "./SignIn.module.css";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/favicon.svg" alt="" className={classes.mark} />
        <h1 className={classes.title}>{t("session.title")}</h1>
        <SignInForm onDone={() => void navigate({ href: next ?? "/", replace: true })} />
      </div>
    </main>
  );
}
