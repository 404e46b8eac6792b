"""Duty and leads, per-patient limits, urgency, deadlines, and the history of escalations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

_COLUMNS = {
    "patients": ("pain_limit", "risks"),
    "coordinators": ("is_lead", "is_on_duty", "quiet_from", "quiet_until"),
    "escalations": ("take_by", "urgency", "note", "safe_by"),
}


def upgrade() -> None:
    _add("patients", sa.Column("pain_limit", sa.Integer(), nullable=True))
    _add("patients", sa.Column("risks", sa.Text(), nullable=False, server_default="[]"))
    _add("coordinators", _switch("is_lead", is_on=False))
    _add("coordinators", _switch("is_on_duty", is_on=True))
    _add("coordinators", sa.Column("quiet_from", sa.Time(), nullable=True))
    _add("coordinators", sa.Column("quiet_until", sa.Time(), nullable=True))
    _add("escalations", sa.Column("take_by", INSTANT, nullable=True))
    _add("escalations", sa.Column("urgency", sa.Text(), nullable=True))
    _add("escalations", sa.Column("note", sa.Text(), nullable=True))
    _add("escalations", sa.Column("safe_by", INSTANT, nullable=True))
    op.create_index("ix_escalations_patient_id", "escalations", ["patient_id"])
    op.create_table(
        "escalation_events",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("happening", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_events")),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalations.id"],
            name=op.f("fk_escalation_events_escalation_id"),
        ),
    )
    op.create_index("ix_escalation_events_escalation_id", "escalation_events", ["escalation_id"])


def _add(table: str, column: sa.Column[object]) -> None:
    op.add_column(table, column)


def _switch(name: str, *, is_on: bool) -> sa.Column[object]:
    default = sa.true() if is_on else sa.false()
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=default)


def downgrade() -> None:
    op.drop_index("ix_escalation_events_escalation_id", table_name="escalation_events")
    op.drop_table("escalation_events")
    op.drop_index("ix_escalations_patient_id", table_name="escalations")
    for name, columns in _COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.drop_column(column)
