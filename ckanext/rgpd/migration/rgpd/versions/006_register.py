"""The register takes lines and gives none back; it knows its last one; downloads are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None

# For every statement, whether it meets a row or not, and for the owner too; "always" holds even
# while a session plays the part of a replica.
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION rgpd_register_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rgpd_register takes new lines only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rgpd_register_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON rgpd_register
    FOR EACH STATEMENT EXECUTE FUNCTION rgpd_register_append_only();
ALTER TABLE rgpd_register ENABLE ALWAYS TRIGGER rgpd_register_append_only;
"""


def upgrade() -> None:
    op.create_table(
        "rgpd_register_head",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.UnicodeText, nullable=False),
    )
    op.execute(
        "INSERT INTO rgpd_register_head (id, number, hash) "
        "SELECT 1, number, hash FROM rgpd_register ORDER BY number DESC LIMIT 1"
    )
    op.execute(APPEND_ONLY)
    op.create_table(
        "rgpd_download",
        sa.Column("version_id", sa.UnicodeText, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("rgpd_download")
    op.execute("DROP TRIGGER rgpd_register_append_only ON rgpd_register")
    op.execute("DROP FUNCTION rgpd_register_append_only()")
    op.drop_table("rgpd_register_head")
