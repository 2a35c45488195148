"""Auth → everybody who verifies tokens: which ones must not be believed any more."""

from typing import ClassVar

from pydantic import Field

from .message import Message


class TokensRevoked(Message):
    """Access tokens of a person end before their time.

    With a `session_id` those of this session, without one every token whose `ver` is below
    `version`. Repeating it changes nothing.
    """

    TASK: ClassVar[str] = "auth.tokens_revoked"
    QUEUE: ClassVar[str] = "tts.tokens_revoked.workflow"
    COPIES: ClassVar[tuple[str, ...]] = (
        "tts.tokens_revoked.messaging",
        "tts.tokens_revoked.notification",
        "tts.tokens_revoked.ticket",
    )

    user_id: int = Field(ge=1)
    version: int = Field(ge=0)
    session_id: str | None = Field(default=None, max_length=64)
