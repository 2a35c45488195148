"""Working an upgrade off, batch by batch, until all is done or the time is up.

Each task is a transaction of its own that also notes the outcome, so whoever goes on after a crash
finds exactly what is left. Two at work on the same upgrade are slow, not wrong: of one task's moves
only the first finds the version that was read.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from servicekit.api.errors import as_domain_error
from workflow_api.audit.services import client_address
from workflow_api.tasks.loading import StaleVersion
from workflow_api.tasks.models import TaskEvent
from workflow_api.workflows import selectors as workflows

from ..models import AT_WORK, TaskOutcome, Upgrade, UpgradedTask, UpgradeState
from ..preview import Preview, Wanted
from ..rules import SENTENCES, Reason
from ..selectors import counts_of
from .moving import Seen, WasCancelled, keep_applying, leave, move, note_of, put_back

AT_ONCE = 25  # small, so that other sweeps wait for a second at most
LEASE = timedelta(seconds=30)
SWEEP_FOR = timedelta(seconds=1)
# nobody has touched the task
NOTED_ONLY = ["sla_warning", "sla_breach", "not_escalated", "owner_changed"]

log = structlog.get_logger(__name__)


def advance(*, at: datetime) -> int:
    """Go on with upgrades that nobody is at work on, for a second each; returns how many."""
    ids = list(_free(at).order_by("id").values_list("id", flat=True))
    return sum(work(each, at=at, patience=SWEEP_FOR) for each in ids)


def work(upgrade_id: int, *, at: datetime, patience: timedelta) -> bool:
    """Apply or undo an upgrade until it is done or patience ends; False where somebody else does.

    What is cancelled meanwhile goes no further. Raises OperationalError when the database is away:
    what is left is taken up again half a minute later.
    """
    if not _free(at).filter(pk=upgrade_id).update(worked_at=at):
        return False
    upgrade = Upgrade.objects.get(pk=upgrade_id)
    batches = _batches_to_move if upgrade.state == UpgradeState.APPLYING else _batches_to_put_back
    until = time.monotonic() + patience.total_seconds()
    try:
        with _from_address(upgrade.ip_address):
            is_done = not any(time.monotonic() >= until for _ in batches(upgrade, at=at))
    except WasCancelled:
        return True
    _note_progress(upgrade, is_done=is_done, at=at)
    return True


def _free(at: datetime) -> QuerySet[Upgrade]:
    """Return the upgrades at work that no living process has taken up."""
    return Upgrade.objects.filter(
        Q(worked_at=None) | Q(worked_at__lt=at - LEASE), state__in=AT_WORK
    )


def _batches_to_move(upgrade: Upgrade, *, at: datetime) -> Iterator[None]:
    while batch := _next_to_move(upgrade):
        changed = _changed_since(upgrade, batch)
        for seen in batch:
            reason = Reason.MOVED_SINCE if seen.number in changed else seen.landing.reason
            if reason is None:
                _try_to_move(upgrade, seen, at=at)
            else:
                sentence = seen.landing.sentence or SENTENCES[reason]
                _skip(upgrade, seen, reason, sentence, at=at)
        upgrade.cursor = batch[-1].number
        upgrade.save(update_fields=["cursor"])
        yield


def _next_to_move(upgrade: Upgrade) -> list[Seen]:
    """Read the next tasks, in the order of their numbers."""
    preview = _preview_of(upgrade)
    done = UpgradedTask.objects.filter(upgrade=upgrade, task=OuterRef("pk"))
    ahead = preview.candidates.filter(~Exists(done), number__gt=upgrade.cursor)
    return [
        Seen(number=task.number, version=task.version, landing=preview.landing(task))
        for task in ahead.order_by("number")[:AT_ONCE]
    ]


def _preview_of(upgrade: Upgrade) -> Preview:
    wanted = Wanted(
        workflow_id=upgrade.workflow_id,
        from_versions=_all_or(upgrade.from_versions),
        step_map={int(old): new for old, new in upgrade.step_map.items()},
        task_numbers=_all_or(upgrade.task_numbers),
    )
    return Preview(wanted, workflows.version_of(upgrade.to_version_id), since=upgrade.seen_at)


def _all_or(listed: list[int] | None) -> tuple[int, ...] | None:
    return None if listed is None else tuple(listed)


def _changed_since(upgrade: Upgrade, batch: list[Seen]) -> set[int]:
    """Return those of the tasks to which something was done after the preview."""
    numbers = [seen.number for seen in batch]
    later = TaskEvent.objects.filter(task__in=numbers, at__gt=upgrade.seen_at)
    return set(later.exclude(kind__in=NOTED_ONLY).values_list("task_id", flat=True))


def _try_to_move(upgrade: Upgrade, seen: Seen, *, at: datetime) -> None:
    target = workflows.version_of(upgrade.to_version_id)
    try:
        move(upgrade, seen, target, at=at)
    except WasCancelled:
        raise
    except StaleVersion:
        _skip(upgrade, seen, Reason.MOVED_SINCE, SENTENCES[Reason.MOVED_SINCE], at=at)
    except Exception as exc:  # one that fails must not stop the others
        _skip(upgrade, seen, Reason.FAILED, _why_failed(exc), at=at)


@transaction.atomic
def _skip(upgrade: Upgrade, seen: Seen, reason: Reason, sentence: str, *, at: datetime) -> None:
    """Note that a task stays, unless somebody else has noted an outcome of it.

    The upgrade is locked until commit. Raises WasCancelled.
    """
    keep_applying(upgrade)
    noted = note_of(
        upgrade, seen, TaskOutcome.SKIPPED, at=at, reason=reason.value, sentence=sentence
    )
    UpgradedTask.objects.bulk_create([noted], ignore_conflicts=True)


def _batches_to_put_back(upgrade: Upgrade, *, at: datetime) -> Iterator[None]:
    moved = UpgradedTask.objects.filter(upgrade=upgrade, outcome=TaskOutcome.MOVED)
    while batch := list(moved.order_by("id").values_list("id", flat=True)[:AT_ONCE]):
        for noted_id in batch:
            _try_to_put_back(upgrade, noted_id, at=at)
        yield


def _try_to_put_back(upgrade: Upgrade, noted_id: int, *, at: datetime) -> None:
    try:
        put_back(upgrade, noted_id, at=at)
    except Exception as exc:  # one that fails must not stop the others
        sentence = _why_failed(exc)
        leave(UpgradedTask.objects.get(pk=noted_id), Reason.FAILED, sentence, at=at)


def _why_failed(exc: Exception) -> str:
    """Return what to say about one task that failed; raises again what concerns all of them."""
    error = as_domain_error(exc)
    if error is None:
        log.error("task_not_migrated", exc_info=exc)
        return SENTENCES[Reason.FAILED]
    if error.status >= 500:
        raise exc
    return error.sentence


@transaction.atomic
def _note_progress(upgrade: Upgrade, *, is_done: bool, at: datetime) -> None:
    """Keep the counts, let others go on, and close what is done.

    The upgrade is locked until commit.
    """
    stored = Upgrade.objects.select_for_update().get(pk=upgrade.pk)
    if stored.state != upgrade.state:
        return  # somebody else has closed or cancelled it
    stored.counts, stored.worked_at = counts_of(upgrade), None
    if is_done and stored.state == UpgradeState.APPLYING:
        stored.state, stored.finished_at = UpgradeState.APPLIED, at
    elif is_done:
        stored.state, stored.undone_at = UpgradeState.UNDONE, at
    stored.save()


@contextmanager
def _from_address(address: str | None) -> Iterator[None]:
    """Write the trail under the address of who decided it, whichever process does the work."""
    token = client_address.set(address)
    try:
        yield
    finally:
        client_address.reset(token)
