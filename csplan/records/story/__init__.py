"""The worked example, told: what happened is done again by the same actions, each at its own instant, up to the clock's."""

from csplan.records.story.tell import Computed, tell

__all__ = ["Computed", "tell"]
