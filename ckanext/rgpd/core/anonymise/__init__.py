"""What anonymisation left in a table: measures, what was declared, the methods document.

Pure: tables, answers and days come in as arguments; nothing here says that a file *is* anonymous.
"""

from __future__ import annotations

from ckanext.rgpd.core.anonymise.declared import (
    CRITERIA,
    Thresholds,
    contradictions,
    corrected,
    proven,
    review_is_due,
)
from ckanext.rgpd.core.anonymise.measure import Classes, Measured, Sensitive
from ckanext.rgpd.core.anonymise.table import measure_file

__all__ = [
    "CRITERIA",
    "Classes",
    "Measured",
    "Sensitive",
    "Thresholds",
    "contradictions",
    "corrected",
    "measure_file",
    "proven",
    "review_is_due",
]
