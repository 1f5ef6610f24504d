"""The addresses where the city has a provider of its own."""

from config.urls import by_provider, urlpatterns

urlpatterns = [*urlpatterns, *by_provider]
