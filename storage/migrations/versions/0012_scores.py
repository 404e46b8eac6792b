"""Results of questionnaires, and what is being entered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def _names(of: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{of}_{column}"))


def upgrade() -> None:
    op.create_table(
        "instrument_results",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("patient_id", sa.BigInteger(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _names("instrument_results", "patient_id", "patients"),
        _names("instrument_results", "entered_by", "coordinators"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_results")),
    )
    op.create_index("ix_instrument_results_patient_id", "instrument_results", ["patient_id"])
    is_standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_instrument_results_standing",
        "instrument_results",
        ["patient_id", "instrument", "local_date"],
        unique=True,
        sqlite_where=is_standing,
        postgresql_where=is_standing,
    )
    op.create_table(
        "entering_scores",
        sa.Column("coordinator_id", sa.BigInteger(), nullable=False),
        sa.Column("patient_id", sa.BigInteger(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("is_alone", sa.Boolean(), nullable=False),
        _names("entering_scores", "coordinator_id", "coordinators"),
        _names("entering_scores", "patient_id", "patients"),
        sa.PrimaryKeyConstraint("coordinator_id", name=op.f("pk_entering_scores")),
    )


def downgrade() -> None:
    op.drop_table("entering_scores")
    op.drop_table("instrument_results")
