"""Which job reads a content, since when, and how far it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None

COLUMNS = (
    sa.Column("bytes_done", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("rows_done", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("started", sa.DateTime),
    sa.Column("job", sa.UnicodeText),
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("rgpd_version", column.copy())


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("rgpd_version", column.name)
