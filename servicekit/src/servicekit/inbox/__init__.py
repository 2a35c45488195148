"""What others told a service: one row a message, the key that makes effects happen once."""
