"""What goes wrong in a run: failures of the simulator, and the call at which a process dies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.chaos.plan import Kill, Wish
    from simulator.calls import Call
    from simulator.server import Simulator


class Mishaps:
    """Asks for failures and counts those that happened."""

    def __init__(self, simulator: Simulator) -> None:
        """Nothing goes wrong yet."""
        self._control = simulator.control
        self._faults = simulator.state.faults
        self._armed: Callable[[Call], None] | None = None
        self._asked = 0
        self.count = 0
        simulator.state.calls.listeners.append(self._heard)

    def ask(self, wishes: Iterable[Wish]) -> None:
        """Ask for the failures of a round; those of the last that did not happen are over."""
        self.end()
        for wish in wishes:
            self._asked += wish.times
            self._control.inject_fault(
                wish.kind,
                method=wish.method,
                times=wish.times,
                seconds=wish.seconds,
                retry_after=wish.retry_after,
            )

    def end(self) -> None:
        """Nothing that was asked for happens any more."""
        self.count += self._asked - sum(fault.times for fault in self._faults.coming)
        self._asked = 0
        self._control.clear_faults()

    def arm(self, plan: Kill, kill: Callable[[], None]) -> None:
        """Kill when the call comes that the plan names; without effect, it fails as well."""
        left = plan.count

        def heard(call: Call) -> None:
            nonlocal left
            left -= call.method == plan.method
            if left == 0:
                if not plan.has_effect:
                    self._asked += 1
                    self._control.inject_fault("disconnect", method=plan.method)
                kill()

        self._armed = None if plan.method is None else heard

    def disarm(self) -> None:
        """Let calls come and go."""
        self._armed = None

    def _heard(self, call: Call) -> None:
        if self._armed is not None:
            self._armed(call)
