"""The page behind a one-time link: whoever it is for chooses a password there."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from evaluation.accounts.lockout import too_many
from evaluation.models import User
from evaluation.services.access import choose_password, person_of
from evaluation.verdict import Refused
from evaluation.web import origin_of, refuse
from evaluation.words import for_reader

PAGE = "evaluation/choose_password.html"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password_page(request: HttpRequest) -> HttpResponse:
    """Ask for the password, or say what is wrong with the link. To look at the page does not use the link up."""
    key = request.POST.get("key") or request.GET.get("key", "")
    try:
        user = person_of(key)
        form: SetPasswordForm[User] = SetPasswordForm(user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            choose_password(key, form.cleaned_data["new_password1"], origin=origin_of(request))
            return render(request, PAGE, {"done": True, "person": user, "sign_in": settings.LOGIN_URL})
    except Refused as refused:
        if request.method == "POST":
            if response := too_many(request):
                return response
            refuse(request, refused.reason)
        return render(request, PAGE, {"wrong": for_reader(refused.reason)}, status=410)
    rules = password_validators_help_texts()
    return render(request, PAGE, {"form": form, "key": key, "person": user, "password_rules": rules})
