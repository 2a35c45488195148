"""The people of the tests."""

from servicekit.auth import Principal

ANA, BEN, DEE, OWNER, FOREIGN = 3, 4, 6, 20, 30


def person(user_id: int, *tts_roles: str, username: str = "") -> Principal:
    """Return somebody with these roles in tts."""
    return Principal(
        user_id=user_id,
        username=username or f"user{user_id}",
        roles=frozenset(("tts", role) for role in tts_roles),
    )
