"""The network is listened to while a flow is open: who announces himself then is known when the list is shown."""

from typing import Any, override

from homeassistant.core import callback
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult

from ..neighbourhood import Leave, async_get_neighbourhood


class ListeningFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT](
    FlowHandler[ContextT, ResultT, HandlerT]
):
    """Hears the devices until the flow ends."""

    search_time = 6.0
    """Seconds after which devices that announce themselves were heard, counted from the beginning of the flow."""
    _leave: Leave | None = None
    _listening_since = 0.0

    @callback
    @override
    def async_remove(self) -> None:
        """Stop listening with the flow."""
        super().async_remove()
        if self._leave is not None:
            self.hass.async_create_task(self._leave())
            self._leave = None

    async def _async_listen(self) -> None:
        """Begin to listen, if that was not done yet."""
        if self._leave is None:
            self._listening_since = self.hass.loop.time()
            self._leave = await async_get_neighbourhood(self.hass).async_join()

    async def _async_search(self, expected: set[str]) -> None:
        """Wait until all these devices were heard, as long as those take who are there."""
        time_left = self._listening_since + self.search_time - self.hass.loop.time()
        await async_get_neighbourhood(self.hass).async_wait_for(expected, max(time_left, 0))
