"""Measurements, each beside a yardstick measured in the same run on the same machine."""
