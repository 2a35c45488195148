import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { Card } from "./Card";
import { SignInForm } from "./SignInForm";
import classes from "./SignIn.module.css";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  return (
    <Card title={t("session.title")}>
      <SignInForm onDone={() => void navigate({ href: next ?? "/", replace: true })}>
        <p className={classes.elsewhere}>
          <Link to="/forgot">{t("account.forgot")}</Link>
          <Link to="/register">{t("account.register")}</Link>
        </p>
      </SignInForm>
    </Card>
  );
}
