"""Tokens that end before their time, in the services that only verify them."""
