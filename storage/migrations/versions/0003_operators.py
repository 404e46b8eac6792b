"""Operators, and a quick way to what was not delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "operators",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operators")),
        sa.UniqueConstraint("address", name=op.f("uq_operators_address")),
    )
    is_dead = sa.text("state IN ('dead', 'uncertain')")
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["settled_at"],
        sqlite_where=is_dead,
        postgresql_where=is_dead,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_dead", table_name="outbox")
    op.drop_table("operators")
