"""What is remembered of links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rgpd_link_check",
        sa.Column("version_id", sa.UnicodeText, primary_key=True),
        sa.Column("checked", sa.DateTime, nullable=False, index=True),
        sa.Column("checks", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("problem", sa.UnicodeText, nullable=False),
        sa.Column("headers", JSONB, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("rgpd_link_check")
