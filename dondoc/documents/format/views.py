"""The page on which a Word file is brought to have its form checked."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.documents.files import examine_file
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused

from .checking import Verdict, check
from .forms import CheckForm
from .parts import LARGEST_FILE, Unreadable
from .texts import UNREADABLE, told


@reads
def check_file(request: PageRequest) -> HttpResponse:
    """What is wrong with the form of a document. The file passes the door of all files; nothing of it is kept."""
    sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES, today=request.today) if sent else CheckForm(today=request.today)
    verdict: Verdict | None = None
    if sent and form.is_valid():
        try:
            verdict = _verdict(form, request)
        except Refused as refused:
            form.add_error("file", texts.refusal(refused))
        except Unreadable as unreadable:
            form.add_error("file", str(UNREADABLE[unreadable.code]))
    context = {
        "form": form,
        "verdict": verdict,
        "name": form.cleaned_data["file"].name if verdict else "",
        "problems": [told(one) for one in verdict.problems] if verdict else [],
        "doubtful": any(not one.verified for one in verdict.problems) if verdict else False,
    }
    return render(request, "documents/check.html", context, status=INVALID if form.errors else 200)


def _verdict(form: CheckForm, request: PageRequest) -> Verdict:
    upload: UploadedFile[bytes] = form.cleaned_data["file"]
    data = upload.read()
    if data:
        examine_file(upload.name or "", BytesIO(data), len(data), LARGEST_FILE)
    asked = form.cleaned_data
    return check(data, request.today, on=asked["on"], level=asked["level"] or None, draft=asked["draft"])
