"""What takes time in a flow: the answer comes at once if that is moments, else it shows that something goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, override

from homeassistant.core import callback
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult

type Step[ResultT] = Callable[[], Awaitable[ResultT]]
"""What a flow shows next."""


class PatientFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    FlowHandler[ContextT, ResultT, HandlerT]
):
    """The steps `asking` and `answered`: what is shown during long work, and what comes of it."""

    patience = 8.0
    """Seconds that a form may take for its answer without a word; the search on the network takes six of them."""
    _work: asyncio.Task[Step[ResultT]] | None = None

    async def async_step_asking(self, _: dict[str, Any] | None = None) -> ResultT:
        """Show that the work goes on, until it is done."""
        assert self._work is not None  # noqa: S101 - this step is entered with work only
        if self._work.done():
            return self.async_show_progress_done(next_step_id="answered")
        return self.async_show_progress(step_id="asking", progress_action="asking", progress_task=self._work)

    async def async_step_answered(self, _: dict[str, Any] | None = None) -> ResultT:
        """Go on with what came of the work."""
        assert self._work is not None  # noqa: S101 - this step is entered with work only
        step = self._work.result()
        return await step()

    @callback
    @override
    def async_remove(self) -> None:
        """Stop the work with the flow."""
        super().async_remove()
        self._async_stop()

    async def _async_await(self, work: Coroutine[Any, Any, Step[ResultT]]) -> ResultT:
        """Show what comes of some work, which is bounded in time; of an earlier one nobody wants to know any more."""
        self._async_stop()
        self._work = self.hass.async_create_task(work, "answer of a form")
        await asyncio.wait({self._work}, timeout=self.patience)
        return await (self.async_step_answered() if self._work.done() else self.async_step_asking())

    @callback
    def _async_stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
