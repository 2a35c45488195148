import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { useRotate } from "./api";
import type { Credential, Kind, Shown } from "./kinds";

/** Hours that an old secret stays good; the server takes a week at the most. */
const GRACES = [0, 1, 24, 72, 168] as const;

interface Props {
  kind: Kind;
  row: Credential;
  onClose: () => void;
  onShown: (shown: Shown) => void;
}

export function RotateDialog({ kind, row, onClose, onShown }: Props) {
  const rotate = useRotate(kind, row.id);
  const [grace, setGrace] = useState<number>(24);
  const faults = faultsOf(rotate.error, ["grace_hours"]);
  return (
    <ActionDialog
      title={t("admin.credential.rotateTitle", { name: row.name })}
      submit={t("admin.credential.rotate")}
      isBusy={rotate.isPending}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() => rotate.mutate(grace, { onSuccess: onShown })}
    >
      <p className={classes.text}>{t("admin.credential.rotateHint")}</p>
      <NativeSelect
        label={t("admin.credential.grace")}
        value={String(grace)}
        error={faults.of("grace_hours")}
        data={GRACES.map((hours) => ({
          value: String(hours),
          label:
            hours === 0
              ? t("admin.credential.noGrace")
              : t("admin.credential.hours", { count: hours }),
        }))}
        onChange={(event) => setGrace(Number(event.currentTarget.value))}
      />
    </ActionDialog>
  );
}
