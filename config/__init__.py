"""Wiring: settings, addresses, servers. No rules of the evaluation."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
