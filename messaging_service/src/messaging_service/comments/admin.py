"""Comments in the admin: to look at; only an author changes them."""

from django.contrib import admin

from messaging_service.tickets.admin import ReadOnlyAdmin

from .models import Comment, Event


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """What was written, tombstones included."""

    list_display = ["id", "ticket_id", "username", "visibility", "created_at", "deleted_at"]
    list_filter = ["visibility"]
    search_fields = ["text", "username"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log that sockets read."""

    list_display = ["ticket_id", "seq", "action", "comment_id", "by_user_id", "at"]
    list_filter = ["action"]
    ordering = ["-id"]
    show_full_result_count = False
