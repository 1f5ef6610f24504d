"""What a person sees first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """Say what this is and what it can do today."""
    return render(request, "desk/start.html")
