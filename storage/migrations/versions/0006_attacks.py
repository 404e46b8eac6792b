"""Attacks as they run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attacks",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("patient_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asking", sa.Text(), nullable=True),
        sa.Column("medicines", sa.Text(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("relief", sa.Text(), nullable=True),
        sa.Column("was_asked", sa.Boolean(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attacks")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_attacks_patient_id")
        ),
    )
    is_running = sa.text("state = 'running'")
    op.create_index(
        "uq_attacks_running",
        "attacks",
        ["patient_id"],
        unique=True,
        sqlite_where=is_running,
        postgresql_where=is_running,
    )
    op.create_index("ix_attacks_patient_id_started_at", "attacks", ["patient_id", "started_at"])


def downgrade() -> None:
    op.drop_table("attacks")
