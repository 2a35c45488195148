import { Button } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { isStatus } from "@/shared/api/errors";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { Banner } from "@/shared/ui/Banner";
import { Icon } from "@/shared/ui/Icon";
import { Message } from "@/shared/ui/Message";
import { faultsOf } from "../model/faults";
import { nameOf } from "../model/names";
import { tell } from "../model/notice";
import { Guard } from "../parts/Guard";
import { Failed, Skeleton } from "../parts/ListState";
import { StateMark } from "../parts/Mark";
import { PageHead } from "../parts/PageHead";
import classes from "../parts/Admin.module.css";
import { ActiveDialog } from "./ActiveDialog";
import { useChangePerson, usePerson, type PersonDetail } from "./api";
import { PERSON_FIELDS, PersonFields, type PersonValues } from "./PersonFields";
import { PersonRoles } from "./PersonRoles";

function valuesOf(person: PersonDetail): PersonValues {
  const { username, email, first_name, last_name, phone, time_zone, language } = person;
  return { username, email, first_name, last_name, phone, time_zone, language };
}

/** What differs, so that a field changed meanwhile by somebody else is not put back. */
function changesOf(values: PersonValues, person: PersonDetail): Partial<PersonValues> {
  const before = valuesOf(person);
  const changed = PERSON_FIELDS.filter((name) => values[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, values[name]]));
}

function DetailsForm({ person }: { person: PersonDetail }) {
  const save = useChangePerson(person.id);
  const [values, setValues] = useState(() => valuesOf(person));
  const faults = faultsOf(save.error, PERSON_FIELDS);
  const changes = changesOf(values, person);
  const isChanged = Object.keys(changes).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isChanged) return;
    save.mutate(changes, { onSuccess: () => tell(t("admin.people.saved")) });
  }

  return (
    <section className={classes.section} aria-label={t("profile.details")}>
      <h2>{t("profile.details")}</h2>
      <form className={classes.form} onSubmit={submit} noValidate>
        {faults.general !== null && (
          <div role="alert">
            <Banner tone="late">{faults.general}</Banner>
          </div>
        )}
        <PersonFields values={values} faults={faults} onChange={setValues} />
        <div className={classes.buttons}>
          <Button type="submit" size="sm" loading={save.isPending} disabled={!isChanged}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Account({ person }: { person: PersonDetail }) {
  const [asks, setAsks] = useState(false);
  const isMe = session.state.get().person?.id === person.id;
  return (
    <section className={classes.section} aria-label={t("admin.active.title")}>
      <h2>{t("admin.active.title")}</h2>
      <dl className={classes.facts}>
        <dt>{t("admin.state")}</dt>
        <dd>
          <StateMark isActive={person.is_active} />
        </dd>
        <dt>{t("admin.people.since")}</dt>
        <dd>{exactTime(person.date_joined)}</dd>
        <dt>{t("admin.people.lastLogin")}</dt>
        <dd>{person.last_login === null ? t("admin.never") : exactTime(person.last_login)}</dd>
      </dl>
      <p className={classes.hint}>
        {t(
          isMe
            ? "admin.active.own"
            : person.is_active
              ? "admin.active.closeShort"
              : "admin.active.openShort",
        )}
      </p>
      {!isMe && (
        <div className={classes.buttons}>
          <Button
            size="sm"
            variant={person.is_active ? "default" : "filled"}
            onClick={() => setAsks(true)}
          >
            {t(person.is_active ? "admin.active.close" : "admin.active.open")}
          </Button>
        </div>
      )}
      {asks && <ActiveDialog person={person} onClose={() => setAsks(false)} />}
    </section>
  );
}

function Detail({ userId }: { userId: number }) {
  const found = usePerson(userId);
  if (found.isPending) return <Skeleton />;
  if (isStatus(found.error, 404)) {
    return (
      <Message alert icon="search" title={t("admin.people.unknown")}>
        <Link to="/admin/people">{t("admin.people.back")}</Link>
      </Message>
    );
  }
  if (found.data === undefined) {
    return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  }
  const person = found.data;
  return (
    <>
      <PageHead title={nameOf(person)} hint={`${person.username} · ${person.email}`} />
      <PersonRoles person={person} />
      <DetailsForm key={person.id} person={person} />
      <Account person={person} />
    </>
  );
}

export function PersonPage() {
  const { userId = "" } = useParams({ strict: false });
  return (
    <Guard need="home">
      <div className={classes.page} data-narrow>
        <Link to="/admin/people" className={classes.back}>
          <Icon name="left" size={14} />
          {t("admin.people.back")}
        </Link>
        <Detail userId={Number(userId)} />
      </div>
    </Guard>
  );
}
