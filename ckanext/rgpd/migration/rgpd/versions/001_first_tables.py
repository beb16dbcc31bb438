"""Versions, reports, declarations, decisions, dataset fields and the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

Columns = tuple[sa.schema.SchemaItem, ...]


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.UnicodeText, **options)


def _serial() -> sa.Column[int]:
    return sa.Column("serial", sa.BigInteger, sa.Identity(), unique=True, nullable=False)


def _created() -> sa.Column[datetime]:
    return sa.Column("created", sa.DateTime, nullable=False)


def _version() -> Columns:
    return (
        _text("id", primary_key=True),
        _serial(),
        _text("resource_id", nullable=False, index=True),
        _text("package_id", nullable=False, index=True),
        _text("kind", nullable=False),
        _text("sha256", index=True),
        sa.Column("size", sa.BigInteger),
        _text("filename"),
        _text("url"),
        _text("state", nullable=False, index=True),
        _text("outcome"),
        _text("report_id"),
        _text("user_id"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("progress", sa.Integer, nullable=False, server_default="0"),
        _created(),
    )


def _report() -> Columns:
    return (
        _text("id", primary_key=True),
        _text("sha256", nullable=False),
        _text("suffix", nullable=False),
        _text("rules_version", nullable=False),
        _text("status", nullable=False),
        sa.Column("content", JSONB, nullable=False),
        _created(),
        sa.UniqueConstraint("sha256", "suffix", "rules_version"),
    )


def _declaration() -> Columns:
    return (
        _text("id", primary_key=True),
        _serial(),
        _text("version_id", nullable=False, index=True),
        _text("user_id", nullable=False),
        sa.Column("answers", JSONB, nullable=False),
        _created(),
    )


def _decision() -> Columns:
    return (
        _text("id", primary_key=True),
        _serial(),
        _text("version_id", nullable=False, index=True),
        _text("report_id"),
        _text("declaration_id"),
        _text("outcome", nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        _text("basis"),
        sa.Column("dpo_required", sa.Boolean, nullable=False),
        _text("decided_by", nullable=False),
        _text("user_id"),
        _text("note"),
        _text("rules_version", nullable=False),
        _created(),
    )


def _dataset_field() -> Columns:
    return (
        _text("package_id", primary_key=True),
        _text("name", primary_key=True),
        _text("value", nullable=False),
    )


def _register() -> Columns:
    return (
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        _text("event", nullable=False),
        _text("package_id", index=True),
        _text("resource_id", index=True),
        _text("version_id"),
        _text("user_id"),
        sa.Column("details", JSONB, nullable=False),
        _text("previous", nullable=False),
        _text("hash", nullable=False),
    )


TABLES: dict[str, Callable[[], Columns]] = {
    "rgpd_version": _version,
    "rgpd_report": _report,
    "rgpd_declaration": _declaration,
    "rgpd_decision": _decision,
    "rgpd_dataset_field": _dataset_field,
    "rgpd_register": _register,
}


def upgrade() -> None:
    for name, columns in TABLES.items():
        op.create_table(name, *columns())


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
