"""Versions, reports, declarations, decisions, dataset fields and the register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "rgpd_version",
    "rgpd_report",
    "rgpd_declaration",
    "rgpd_decision",
    "rgpd_dataset_field",
    "rgpd_register",
)


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.UnicodeText, **options)


def _serial() -> sa.Column[int]:
    return sa.Column("serial", sa.BigInteger, sa.Identity(), unique=True, nullable=False)


def _created() -> sa.Column[datetime]:
    return sa.Column("created", sa.DateTime, nullable=False)


def upgrade() -> None:
    op.create_table(
        "rgpd_version",
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
    op.create_table(
        "rgpd_report",
        _text("id", primary_key=True),
        _text("sha256", nullable=False),
        _text("suffix", nullable=False),
        _text("rules_version", nullable=False),
        _text("status", nullable=False),
        sa.Column("content", JSONB, nullable=False),
        _created(),
        sa.UniqueConstraint("sha256", "suffix", "rules_version"),
    )
    op.create_table(
        "rgpd_declaration",
        _text("id", primary_key=True),
        _serial(),
        _text("version_id", nullable=False, index=True),
        _text("user_id", nullable=False),
        sa.Column("answers", JSONB, nullable=False),
        _created(),
    )
    op.create_table(
        "rgpd_decision",
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
    op.create_table(
        "rgpd_dataset_field",
        _text("package_id", primary_key=True),
        _text("name", primary_key=True),
        _text("value", nullable=False),
    )
    op.create_table(
        "rgpd_register",
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


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
