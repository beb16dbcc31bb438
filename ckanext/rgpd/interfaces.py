"""``IRgpd``: what other extensions may add to the scans and the decisions, and hear of them.

A manual: implement what you need, leave the rest. See docs/developer.md for an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckan.plugins.interfaces import Interface

from ckanext.rgpd.core.scan import Detector
from ckanext.rgpd.core.types import Reason, Report


class IRgpd(Interface):
    """A portal's own detectors and rules beside ours, and its ear for decisions."""

    def rgpd_detectors(self) -> Sequence[Detector]:
        """Kinds of personal data that only this portal knows; asked once, when it starts.

        :returns: detectors as those of ``ckanext.rgpd.core.detect.fr``, each with a ``rule``
            that no other has. They read texts and tables alike, in the worker's child process.
            Files are read again under another rule name: change it when a detector changes.
            Two of one name keep the portal from starting.
        """
        return ()

    def rgpd_entity_types(self) -> Mapping[str, Mapping[str, str]]:
        """What people read for the entity types of :meth:`rgpd_detectors`.

        :returns: for each entity type its label, in ``fr`` and ``en``
        """
        return {}

    def rgpd_reasons(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """The words of the portal's own reasons, by code.

        :returns: for each code a ``label`` (one sentence) and a ``remedy`` (what would change
            it), each with ``fr`` and ``en``. A code of the law's own stays the law's.
        """
        return {}

    def rgpd_rules(self, report: Report, answers: Mapping[str, Any]) -> Sequence[Reason]:
        """The portal's own reasons about one content; all extensions' answers are put together.

        :param report: what the scan found; it holds no raw value
        :param answers: the publisher's answers, keyed by question
        :returns: reasons with a code of :meth:`rgpd_reasons`, an outcome of the law's (none where
            the reason only informs) and the columns concerned. They can make an outcome more
            severe, never milder. A rule that fails keeps the file closed.
        """
        return ()

    def rgpd_decided(self, decision: Mapping[str, Any]) -> None:
        """A decision was taken and stands. What this raises is logged, and changes nothing.

        :param decision: ``package_id``, ``resource_id``, ``version_id``, ``outcome``,
            ``released``, ``decided_by`` and ``reasons`` (codes)
        """
