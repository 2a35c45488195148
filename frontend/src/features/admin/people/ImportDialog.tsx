import { Button } from "@mantine/core";
import { useId, useState } from "react";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import { DataTable, type Column } from "../parts/DataTable";
import classes from "../parts/Admin.module.css";
import { useImport, type ImportReport } from "./api";
import own from "./Import.module.css";

type Fault = ImportReport["errors"][number];

/** What is wrong with no cell alone is said of the row. */
const fieldName = (field: string) => (field === "row" ? t("admin.import.wholeRow") : field);

const columns = (): Column<Fault>[] => [
  {
    id: "row",
    header: t("admin.import.row"),
    isMain: true,
    cell: ({ row }) => t("admin.import.rowNumber", { row }),
  },
  { id: "field", header: t("admin.import.field"), cell: ({ field }) => fieldName(field) },
  { id: "message", header: t("admin.import.fault"), cell: ({ message }) => message },
];

function Counts({ report }: { report: ImportReport }) {
  return (
    <dl className={own.counts}>
      {(["created", "updated", "unchanged"] as const).map((name) => (
        <div key={name}>
          <dt>{t(`admin.import.${name}`)}</dt>
          <dd>{report[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function Findings({ report }: { report: ImportReport }) {
  const wrong = report.errors.length;
  const changes = report.created + report.updated;
  return (
    <>
      <div role="status">
        <Banner tone={wrong > 0 ? "late" : "ok"}>
          {wrong > 0
            ? t("admin.import.wrong", { count: wrong })
            : changes > 0
              ? t("admin.import.good")
              : t("admin.import.nothing")}
        </Banner>
      </div>
      <Counts report={report} />
      {wrong > 0 && (
        <div className={own.faults} tabIndex={0} role="group" aria-label={t("admin.import.faults")}>
          <DataTable
            label={t("admin.import.faults")}
            columns={columns()}
            rows={report.errors}
            keyOf={(fault) => `${fault.row}.${fault.field}.${fault.message}`}
          />
        </div>
      )}
    </>
  );
}

function FileField({ fault, onFile }: { fault?: string; onFile: (file: File | null) => void }) {
  const id = useId();
  return (
    <div className={classes.group}>
      <label htmlFor={id}>{t("admin.import.file")}</label>
      <input
        id={id}
        className={own.file}
        type="file"
        accept=".csv,text/csv"
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-fault`}
        data-autofocus
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
      <p id={`${id}-fault`} className={classes.fault} role="alert">
        {fault}
      </p>
    </div>
  );
}

/** A file is tried first: what it would do is shown, and done only when nothing is wrong with it. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const tried = useImport(false);
  const applied = useImport(true);
  const report = applied.data ?? tried.data;
  const faults = faultsOf(applied.error ?? tried.error, ["file"]);
  const canApply =
    file !== null && report?.errors.length === 0 && report.created + report.updated > 0;

  function choose(next: File | null) {
    setFile(next);
    applied.reset();
    tried.reset();
    if (next !== null) tried.mutate(next);
  }

  function apply() {
    if (file === null) return;
    applied.mutate(file, {
      onSuccess: ({ errors, created, updated }) => {
        if (errors.length > 0) return;
        tell(t("admin.import.done", { created, updated }));
        onClose();
      },
    });
  }

  return (
    <Dialog title={t("admin.import.title")} onClose={onClose} size="lg" yOffset="6vh">
      <div className={classes.form}>
        <p className={classes.hint}>{t("admin.import.hint")}</p>
        <p className={classes.hint}>{t("admin.import.columns")}</p>
        <FileField fault={faults.of("file")} onFile={choose} />
        {faults.general !== null && (
          <div role="alert">
            <Banner tone="late">{faults.general}</Banner>
          </div>
        )}
        {tried.isPending && <p role="status">{t("admin.import.trying")}</p>}
        {report !== undefined && <Findings report={report} />}
        <div className={classes.dialogButtons}>
          <Button variant="default" size="sm" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          {canApply && (
            <Button size="sm" loading={applied.isPending} onClick={apply}>
              {t("admin.import.apply")}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
