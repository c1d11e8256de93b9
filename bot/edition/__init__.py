"""The bundled news: invented papers tell invented events, for the demo and the tests."""

from bot.edition.edition import Edition, load
from bot.edition.model import Event, Outlet, Piece

__all__ = ["Edition", "Event", "Outlet", "Piece", "load"]
