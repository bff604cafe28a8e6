"""A province-year of duties made of a seed, with its truth apart: see README.md."""
