"""What patients tell about themselves once, and how often they are asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COLUMNS = ("usual_aura", "is_usual_over_60", "practice", "pace", "paused_until")


def upgrade() -> None:
    _add(sa.Column("usual_aura", sa.Text(), nullable=True))
    _add(sa.Column("is_usual_over_60", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add(sa.Column("practice", sa.Text(), nullable=True))
    _add(sa.Column("pace", sa.Text(), nullable=False, server_default="daily"))
    _add(sa.Column("paused_until", sa.Date(), nullable=True))
    op.create_table(
        "own_items",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("patient_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("drug_class", sa.Text(), nullable=True),
        sa.Column("usual", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_items")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patients.id"], name=op.f("fk_own_items_patient_id")
        ),
    )
    op.create_index("ix_own_items_patient_id", "own_items", ["patient_id"])


def _add(column: sa.Column[object]) -> None:
    op.add_column("patients", column)


def downgrade() -> None:
    op.drop_index("ix_own_items_patient_id", table_name="own_items")
    op.drop_table("own_items")
    with op.batch_alter_table("patients") as table:
        for name in _COLUMNS:
            table.drop_column(name)
