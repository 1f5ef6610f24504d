"""What bodies have decided: the list, one with its documents, and the documents handed out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from engine.text import Text
from evaluation.archives import MIB
from evaluation.evidence.checks import MAX_BYTES, MAX_FILES
from evaluation.evidence.names import ENDINGS, served_name
from evaluation.models import Decision, FileKind
from evaluation.rules import may_see_decisions, may_write_data
from evaluation.selectors import decisions_for_user, history_of, same_files_elsewhere
from evaluation.services.evidence import NotKept, attach, take_out
from evaluation.web import SignedIn, actor_of, allow, refusal, refuse
from scoring.services.registry import nothing_frozen_rests_on, take_file_away

PER_PAGE = 50
TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}


@require_safe
def decisions_page(request: SignedIn) -> HttpResponse:
    """All decisions, the latest first."""
    allow(may_see_decisions(request.user))
    found = decisions_for_user(request.user).prefetch_related("files")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    keeps = bool(may_write_data(actor_of(request)))
    return render(request, "scoring/decisions.html", {"page": page, "keeps": keeps})


@require_http_methods(["GET", "HEAD", "POST"])
def decision_page(request: SignedIn, pk: int) -> HttpResponse:
    """A decision with its documents; the office lays more beside it."""
    decision = _decision_for(request, pk)
    if request.method != "POST":
        return _shown(request, decision)
    try:
        attach(decision=decision, files=request.FILES.getlist("files"), actor=actor_of(request))
    except NotKept as refused:
        refuse(request, refused.reason, decision)
        return _shown(request, decision, refused.problems)
    messages.success(request, _("The files are kept."))
    return redirect("decision", pk)


def _decision_for(request: SignedIn, pk: int) -> Decision:
    allow(may_see_decisions(request.user))
    return get_object_or_404(Decision, pk=pk)


def _shown(request: SignedIn, decision: Decision, problems: Sequence[Text] = ()) -> HttpResponse:
    elsewhere = same_files_elsewhere(decision)
    files = [(file, elsewhere.get(file.sha256, [])) for file in decision.files.all()]
    keeps = bool(may_write_data(actor_of(request)))
    return render(request, "scoring/decision.html", {
        "decision": decision, "files": files, "problems": problems, "keeps": keeps,
        "room": MAX_FILES - len(files), "limit": MAX_BYTES // MIB,
        "accept": ",".join(ending for endings in ENDINGS.values() for ending in endings),
        "removing": nothing_frozen_rests_on(decision) if keeps else None,
        "history": history_of(decision, str(decision)[:200]),
    })  # fmt: skip


@require_GET
def decision_file_page(request: SignedIn, pk: int, file: int) -> FileResponse:
    """A document of a decision, to be kept and opened elsewhere: no browser shows it as a page of ours."""
    decision = _decision_for(request, pk)
    found = get_object_or_404(decision.files, pk=file)
    stream = take_out(file=found, of=decision, actor=actor_of(request))
    name = served_name(found.name, found.kind)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=TYPES[FileKind(found.kind)])


@require_POST
def remove_file_page(request: SignedIn, pk: int, file: int) -> HttpResponse:
    """Take a document away from a decision."""
    decision = _decision_for(request, pk)
    allow(may_write_data(actor_of(request)), decision)
    found = get_object_or_404(decision.files, pk=file)
    reason, actor = request.POST.get("reason", ""), actor_of(request)
    take = partial(take_file_away, decision=decision, file=found, reason=reason, actor=actor)
    if wrong := refusal(request, take, decision):
        return _shown(request, decision, [wrong])
    messages.success(request, _("The file is removed from this decision."))
    return redirect("decision", pk)
