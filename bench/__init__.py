"""Measures that are printed, never asserted."""
