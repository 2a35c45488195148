"""Writes to pictures."""

from datetime import datetime

from django.db import transaction

from auth_service.accounts import images
from auth_service.accounts.models import Picture, User
from auth_service.accounts.selectors import locked_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import NotFound


def set_picture(*, filename: str, data: bytes, by: Actor, at: datetime) -> User:
    """Show a picture of oneself; the person is locked until commit. Raises PictureRefused."""
    content, content_type = images.square(filename=filename, data=data)
    with transaction.atomic():
        user = locked_user(by.user_id or 0)
        Picture.objects.update_or_create(
            user=user, defaults={"content": content, "content_type": content_type}
        )
        latest = int(at.timestamp())
        user.picture_version = max(latest, user.picture_version + 1)
        user.save(update_fields=["picture_version"])
        record("picture_set", subject=f"user:{user.pk}", by=by, at=at)
    return user


@transaction.atomic
def remove_picture(*, by: Actor, at: datetime) -> User:
    """Show no picture any more; the person is locked until commit. Raises NotFound."""
    user = locked_user(by.user_id or 0)
    deleted, _ = Picture.objects.filter(user=user).delete()
    if not deleted:
        raise NotFound("There is no picture.")
    user.picture_version = 0
    user.save(update_fields=["picture_version"])
    record("picture_removed", subject=f"user:{user.pk}", by=by, at=at)
    return user
