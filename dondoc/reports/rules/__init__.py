"""Decisions about reports, apart from storage: forms, periods and parts, states, checks of the numbers."""
