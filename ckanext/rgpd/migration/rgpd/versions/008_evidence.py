"""What everyone is shown of a content stands with it, so that one question tells all of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None

NEWEST = "WHERE version_id = v.id ORDER BY serial DESC LIMIT 1"
FILL = f"""
UPDATE rgpd_version v SET evidence = jsonb_build_object(
    'outcome', d.outcome,
    'basis', d.basis,
    'answers', (SELECT answers FROM rgpd_declaration {NEWEST}),
    'account', (SELECT jsonb_build_object('declared', declared, 'measured', measured)
                FROM rgpd_anonymisation {NEWEST}),
    'complete', coalesce(r.status = 'complete', false),
    'personal', (SELECT coalesce(jsonb_agg(DISTINCT f -> 'entity_type'), '[]')
                 FROM jsonb_array_elements(r.content -> 'findings') f
                 WHERE (f ->> 'is_personal')::boolean))
FROM rgpd_version other
JOIN LATERAL (SELECT outcome, basis FROM rgpd_decision
              WHERE version_id = other.id ORDER BY serial DESC LIMIT 1) d ON true
LEFT JOIN rgpd_report r ON r.id = other.report_id
WHERE other.id = v.id AND v.state <> 'withdrawn'
"""


def upgrade() -> None:
    op.add_column("rgpd_version", sa.Column("evidence", JSONB))
    op.execute(sa.text(FILL))


def downgrade() -> None:
    op.drop_column("rgpd_version", "evidence")
