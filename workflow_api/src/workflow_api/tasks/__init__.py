"""Tickets, their runs (tasks), and who held which step of them."""
