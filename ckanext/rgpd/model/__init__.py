"""What the extension remembers, one module for each subject."""

from ckanext.rgpd.model.anonymisation import Anonymisation
from ckanext.rgpd.model.dataset_field import DatasetField
from ckanext.rgpd.model.decision import Decision, Declaration
from ckanext.rgpd.model.download import Download
from ckanext.rgpd.model.judgement import Judgement
from ckanext.rgpd.model.link_check import LinkCheck
from ckanext.rgpd.model.register import RegisterHead, RegisterLine
from ckanext.rgpd.model.report import Report
from ckanext.rgpd.model.version import Version

__all__ = [
    "Anonymisation",
    "DatasetField",
    "Decision",
    "Declaration",
    "Download",
    "Judgement",
    "LinkCheck",
    "RegisterHead",
    "RegisterLine",
    "Report",
    "Version",
]
