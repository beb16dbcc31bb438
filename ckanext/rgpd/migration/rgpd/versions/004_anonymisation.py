"""What is declared and measured of anonymised contents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rgpd_anonymisation",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("serial", sa.BigInteger, sa.Identity(), unique=True, nullable=False),
        sa.Column("version_id", sa.UnicodeText, nullable=False, index=True),
        sa.Column("user_id", sa.UnicodeText, nullable=False),
        sa.Column("declared", JSONB, nullable=False),
        sa.Column("measured", JSONB),
        sa.Column("created", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("rgpd_anonymisation")
