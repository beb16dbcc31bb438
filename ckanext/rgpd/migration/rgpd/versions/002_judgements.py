"""What reviewers judged not personal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.UnicodeText, nullable=nullable, index=index)


def upgrade() -> None:
    op.create_table(
        "rgpd_judgement",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("serial", sa.BigInteger, sa.Identity(), unique=True, nullable=False),
        _text("resource_id", index=True),
        _text("package_id"),
        _text("version_id"),
        sa.Column("pattern", sa.Boolean, nullable=False),
        _text("filename"),
        _text("column_name"),
        sa.Column("column_index", sa.Integer, nullable=False),
        sa.Column("look", JSONB, nullable=False),
        _text("user_id"),
        _text("reason"),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("revoked", sa.DateTime),
        _text("revoked_by", nullable=True),
    )


def downgrade() -> None:
    op.drop_table("rgpd_judgement")
