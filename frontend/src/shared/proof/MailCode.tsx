import { Button } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";

interface Props {
  /** Seconds until another may be asked for. */
  wait: number;
  isBusy: boolean;
  onSend: () => void;
}

/** Asks for another code by mail, after a while. */
export function MailCode({ wait, isBusy, onSend }: Props) {
  return (
    <Button variant="default" disabled={wait > 0} loading={isBusy} onClick={onSend}>
      {wait > 0 ? t("session.resendIn", { seconds: wait }) : t("session.resend")}
    </Button>
  );
}
