"""Somebody who is not there yet, and where people are administered."""

USERS = "/api/v1/users/"
NEW = {
    "username": "new.one",
    "email": "new.one@example.com",
    "first_name": "New",
    "last_name": "One",
    "password": "Quite-A-Long-Secret-9",
}
