import { Button } from "@mantine/core";
import { t } from "@/shared/lib/i18n";

interface Props {
  /** Seconds until another may be asked for. */
  wait: number;
  isFirst: boolean;
  isBusy: boolean;
  onSend: () => void;
}

/** Asks for a code by mail, and after a while for another. */
export function MailCode({ wait, isFirst, isBusy, onSend }: Props) {
  const again = wait > 0 ? t("session.resendIn", { seconds: wait }) : t("session.resend");
  return (
    <Button variant="default" disabled={wait > 0} loading={isBusy} onClick={onSend}>
      {isFirst ? t("session.sendCode") : again}
    </Button>
  );
}
