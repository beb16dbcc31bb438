"""What the extension remembers: versions, reports, declarations, decisions, fields, register."""

from ckanext.rgpd.model.dataset_field import DatasetField
from ckanext.rgpd.model.decision import Decision, Declaration
from ckanext.rgpd.model.register import RegisterLine
from ckanext.rgpd.model.report import Report
from ckanext.rgpd.model.version import Version

__all__ = ["DatasetField", "Decision", "Declaration", "RegisterLine", "Report", "Version"]
