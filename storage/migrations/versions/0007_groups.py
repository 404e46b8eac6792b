"""The care team's group, which may get another id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_groups",
        sa.Column("configured", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("configured", name=op.f("pk_care_groups")),
    )


def downgrade() -> None:
    op.drop_table("care_groups")
