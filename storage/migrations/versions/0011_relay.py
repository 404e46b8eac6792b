"""Words between a patient and the team."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def _names(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_relay_messages_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        "relay_messages",
        list(columns),
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def upgrade() -> None:
    op.create_table(
        "relay_messages",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("patient_id", sa.BigInteger(), nullable=False),
        sa.Column("coordinator_id", sa.BigInteger(), nullable=True),
        sa.Column("answers", sa.BigInteger(), nullable=True),
        sa.Column("note_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", INSTANT, nullable=True),
        sa.Column("failed_at", INSTANT, nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("read_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answers IS NULL) = (coordinator_id IS NULL)",
            name=op.f("ck_relay_messages_author"),
        ),
        _names("patient_id", "patients"),
        _names("coordinator_id", "coordinators"),
        _names("answers", "relay_messages"),
        _names("note_id", "notes"),
        _names("read_by", "coordinators"),
        _names("answered_by", "coordinators"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_messages")),
    )
    unanswered = "answers IS NULL AND answered_at IS NULL"
    _partial("ix_relay_messages_unanswered", "written_at", "id", where=unanswered)
    _partial("ix_relay_messages_asked", "written_at", "id", where="answers IS NULL")
    _partial("ix_relay_messages_answers", "answers", "id", where="answers IS NOT NULL")
    shown = "message_id IS NOT NULL"
    _partial("ix_relay_messages_shown", "patient_id", "message_id", where=shown)
    _partial("uq_relay_messages_note", "note_id", where="note_id IS NOT NULL", unique=True)
    op.create_table(
        "relay_copies",
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("relay_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["relay_messages.id"], name=op.f("fk_relay_copies_relay_id")
        ),
        sa.PrimaryKeyConstraint("address", "message_id", name=op.f("pk_relay_copies")),
    )
    op.create_index("ix_relay_copies_relay_id", "relay_copies", ["relay_id"])


def downgrade() -> None:
    op.drop_table("relay_copies")
    op.drop_table("relay_messages")
