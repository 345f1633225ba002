"""Is this letter ours? Anybody with the code on the paper may ask; the answer names no applicant."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from gongkai.accounts.gate import public
from gongkai.letters import queries

LARGEST = 20 * 1024 * 1024  # bytes of a file to compare


@public
def ask(request: HttpRequest) -> HttpResponseBase:
    """A field for the code. What is typed becomes the address, so that a result can be kept."""
    typed = re.sub(r"[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ-]", "", request.GET.get("code", ""))[:60]
    if typed:
        return redirect("letter_check:verify", typed)
    return render(request, "letters/verify.html", {"asked": "code" in request.GET})


@public
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the code stands for; with a file, whether its bytes are those that went out.

    Every wrong code gets the same page, whatever is wrong with it.
    """
    found = queries.verify(code)
    given = request.FILES.get("file") if request.method == "POST" else None
    same = ""
    if given is not None and (given.size or 0) <= LARGEST:
        # Read whether or not the code is right: the time taken is that of the file.
        data = given.read()
        same = found.same(data) if found else ""
    return render(request, "letters/verify.html", {
        "code": code[:60], "found": found, "wrong": found is None, "compared": given is not None, "same": same,
        "too_large": given is not None and (given.size or 0) > LARGEST,
    }, status=200 if found else 404)
