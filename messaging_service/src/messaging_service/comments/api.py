"""/api/comments/…"""

from typing import Annotated, Literal

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import Input, idempotent, paginate
from servicekit.auth import Principal, caller

from . import selectors, services
from .models import Comment, Rating
from .serializers import RevisionOut, RevisionPageOut, ThreadOut, ThreadPageOut, WrittenOut

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Mentions = Annotated[list[Id], Field(max_length=50)]


class CommentsOfTicketIn(Input):
    """Which ticket's comments to list."""

    ticket_id: Id


class CommentIn(Input):
    """A new comment; `mentions` are ids of users."""

    ticket_id: Id
    text: Text
    parent_id: Id | None = None
    visibility: Literal["public", "internal"] = "public"
    mentions: Mentions = []


class CommentEditIn(Input):
    """A new text for one's own comment; without `mentions` they stay as they are."""

    text: Text
    mentions: Mentions | None = None


class RatingIn(Input):
    """A thumb, or null to take it back."""

    rating: Literal["thumbs_up", "thumbs_down"] | None


THUMBS = {"thumbs_up": Rating.UP, "thumbs_down": Rating.DOWN, None: None}


def _written(comment: Comment, message: str, *, by: Principal, code: int = 200) -> Response:
    whole = ThreadOut(selectors.comment_with_replies(comment.pk, by=by)).data
    return Response({**whole, "message": message}, status=code)


class CommentsView(APIView):
    """The comments of a ticket."""

    @extend_schema(
        operation_id="api_comments_list",
        parameters=[
            OpenApiParameter("ticket_id", int, required=True),
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int),
            OpenApiParameter("cursor", str, description="Empty to begin; answers have no count."),
        ],
        responses=ThreadPageOut,
    )
    def get(self, request: Request) -> Response:
        """List the threads of a ticket, oldest first, each with its replies."""
        wanted = CommentsOfTicketIn.parse(request.query_params)
        threads = selectors.thread_heads(wanted.ticket_id, by=caller(request)).order_by("seq")
        return paginate(request, threads, ThreadOut, cursor_by=("seq",))

    @extend_schema(request=CommentIn, responses={201: WrittenOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a comment or a reply."""
        wanted = CommentIn.parse(request.data)
        comment = services.write_comment(
            **wanted.model_dump(), by=caller(request), at=timezone.now()
        )
        done = status.HTTP_201_CREATED
        return _written(comment, "The comment was added.", by=caller(request), code=done)


class CommentView(APIView):
    """One comment."""

    @extend_schema(responses=ThreadOut)
    def get(self, request: Request, comment_id: int) -> Response:
        """Return the comment with its replies."""
        comment = selectors.comment_with_replies(comment_id, by=caller(request))
        return Response(ThreadOut(comment).data)

    @extend_schema(request=CommentEditIn, responses=WrittenOut)
    def patch(self, request: Request, comment_id: int) -> Response:
        """Replace the text of one's own comment; the old text is kept."""
        wanted = CommentEditIn.parse(request.data)
        by = caller(request)
        comment = services.edit_comment(
            comment_id=comment_id, **wanted.model_dump(), by=by, at=timezone.now()
        )
        return _written(comment, "The comment was changed.", by=by)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, comment_id: int) -> Response:
        """Delete one's own comment; replies keep their place below a tombstone."""
        services.delete_comment(comment_id=comment_id, by=caller(request), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class RateView(APIView):
    """The caller's thumb on a comment."""

    @extend_schema(request=RatingIn, responses=WrittenOut)
    def post(self, request: Request, comment_id: int) -> Response:
        """Set, change or take back one's thumb."""
        wanted = RatingIn.parse(request.data)
        by = caller(request)
        comment = services.rate_comment(
            comment_id=comment_id, value=THUMBS[wanted.rating], by=by, at=timezone.now()
        )
        return _written(comment, "Your rating was stored.", by=by)


class RevisionsView(APIView):
    """The edit history of a comment."""

    @extend_schema(
        operation_id="api_comments_revisions_list",
        parameters=[OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=RevisionPageOut,
    )
    def get(self, request: Request, comment_id: int) -> Response:
        """List the texts that were replaced, oldest first."""
        replaced = selectors.revisions(comment_id, by=caller(request)).order_by("id")
        return paginate(request, replaced, RevisionOut)
