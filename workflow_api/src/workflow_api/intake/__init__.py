"""The door of the help desk: receive, guard, match, replay."""
