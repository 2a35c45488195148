"""How the API describes itself, where that needs more than a serializer."""

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """Tells that `paginate` answers a list in pages; named by views for their description only."""

    page_size_query_param = "page_size"
