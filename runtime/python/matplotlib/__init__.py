"""Matplotlib, as far as a runtime without a screen needs it: `pyplot` records figures instead of drawing them."""

__version__ = "3.11.0"
rcParams: dict = {}


def use(backend, *, force=True):
    """Accepted and without effect: there is one backend."""
