"""What the frame of every page shows: the rail, the post in use, the day shown, the demonstration's clock."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variable `frame` of base.html."""
    return {"frame": {}}
