"""Findings from tables and texts: the same detectors over distinct values and over sentences."""
