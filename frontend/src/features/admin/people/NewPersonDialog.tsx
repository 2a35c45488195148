import { useNavigate } from "@tanstack/react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { auth, bodyOf } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import type { NewPerson } from "./api";
import { PERSON_FIELDS, PersonFields } from "./PersonFields";

const EMPTY = {
  username: "",
  email: "",
  first_name: "",
  last_name: "",
  phone: "",
  time_zone: "UTC",
  language: "en",
};

function useAddPerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewPerson) => bodyOf(auth.POST("/api/v1/users/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["admin", "people"] }),
  });
}

/** An account without a password: its owner sets one by "Forgot your password?". */
export default function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const add = useAddPerson();
  const [values, setValues] = useState(EMPTY);
  const faults = faultsOf(add.error, PERSON_FIELDS);

  function submit() {
    add.mutate(values, {
      onSuccess: ({ id }) => {
        onClose();
        void navigate({ to: "/admin/people/$userId", params: { userId: String(id) } });
      },
    });
  }

  return (
    <ActionDialog
      title={t("admin.people.add")}
      submit={t("admin.people.addSubmit")}
      size="lg"
      isBusy={add.isPending}
      problem={faults.general}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.hint}>{t("admin.people.addHint")}</p>
      <PersonFields values={values} faults={faults} onChange={setValues} />
    </ActionDialog>
  );
}
