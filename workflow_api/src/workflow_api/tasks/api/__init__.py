"""HTTP: tickets, tasks, and what people do with them."""
