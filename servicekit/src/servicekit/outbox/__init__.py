"""What a service has to tell others, stored in the transaction that made it true.

Nobody publishes but the relay (`manage.py relay`); see `docs/adr/0002-outbox-and-inbox.md`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servicekit.contracts import Message


def record(*messages: "Message", headers: dict[str, str] | None = None) -> None:
    """Store messages for the relay, in one INSERT, inside the caller's transaction.

    Raises TransactionManagementError outside `transaction.atomic()`: an effect without its
    message, or a message without its effect, must be impossible.
    """
    from .services import record_messages  # models load only after Django's apps  # noqa: PLC0415

    record_messages(messages, headers=headers or {})
