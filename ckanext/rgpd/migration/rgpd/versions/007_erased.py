"""When a content's bytes and report were erased; what is left of it is a tombstone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rgpd_version", sa.Column("erased", sa.DateTime))


def downgrade() -> None:
    op.drop_column("rgpd_version", "erased")
