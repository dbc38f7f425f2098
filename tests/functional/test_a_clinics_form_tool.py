"""LForms, which clinics use, shows what we export, and its total and its answers are ours."""

from __future__ import annotations

import csv
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha512
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from moodcheck.batch.responses import Asked, ResponseRows
from moodcheck.core.administration import Administration, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import score
from moodcheck.history.exchange.responses import read_responses
from moodcheck.interop.bringing import bring
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.writing import export
from moodcheck.report.json import summary_object
from tests.browser import CHROMIUM, Browser, browser
from tests.fhir_validators import Tree
from tests.forms import phq_9_form
from tests.in_process import run
from tests.shipped import CHECKOUT, LANGUAGE, SYMPTOMS, TAKEN_AT, TODAY, summary_of

LHC = CHECKOUT.parent / "shared" / "data" / "fhir-r4-questionnaire-lhc-phq9.json"
LFORMS = CHECKOUT / "tests" / "npm" / "lforms-40.1.3.tgz"
_SHA512 = (
    "58baee4e6f817159da7c2d2b480437fdc36a871bdc941531c811baf1ab9bfee8"
    "5ad8d68af47f1965c1174d3b8e46e1b3cc2b74c1aedfbe1ba2799b5c0c874fcd"
)

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(
        not LFORMS.exists(), reason="lforms is not there: cd tests/npm && npm pack lforms@40.1.3"
    ),
]

_PAGE = """<!doctype html><meta charset="utf-8"><title>Form</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="webcomponent/styles.css">
<div id="form"></div>
<script src="webcomponent/assets/lib/zone.min.js"></script>
<script src="webcomponent/lhc-forms.js"></script>
<script src="fhir/R4/lformsFHIR.min.js"></script>
"""
_LIST = "#lhc-tools-searchResults li"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_about: object) -> None:
        """Say nothing of what is asked for."""


class Served:
    """A page behind an address: the form tool does not run from a file."""

    def __init__(self, address: str) -> None:
        self._address = address

    def as_uri(self) -> str:
        return self._address


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the form tool is."""
    assert sha512(LFORMS.read_bytes()).hexdigest() == _SHA512
    folder = tmp_path_factory.mktemp("lforms")
    with tarfile.open(LFORMS) as archive:
        archive.extractall(folder, filter="data")
    place = folder / "package" / "dist" / "lforms"
    (place / "form.html").write_text(_PAGE, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(place))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/form.html"
        server.shutdown()


@contextmanager
def shown(resource: Tree, address: str) -> Iterator[Browser]:
    """Show a Questionnaire in the form tool."""
    with browser() as opened:
        opened.ask("Page.navigate", url=address)
        wait_for(opened, "window.LForms && LForms.FHIR && document.readyState === 'complete'")
        opened.evaluate(
            f"LForms.Util.addFormToPage({json.dumps(resource)}, 'form', {{prepopulate: false}})"
            ".then(() => window.is_shown = true), 1"
        )
        wait_for(opened, "window.is_shown")
        yield opened


def wait_for(opened: Browser, what: str) -> None:
    """Wait until something is so, looking at each frame that the page draws."""
    opened.evaluate(
        "new Promise(done => { const look = () => "
        f"({what}) ? done(true) : setTimeout(look, 20); look(); }})"
    )


def choose(opened: Browser, item: str, position: int) -> None:
    """Click into the field of an item, then on an answer in the list that opens."""
    _click(opened, f"document.getElementById('{item}/1')")
    answers = f"[...document.querySelectorAll('{_LIST}')].filter(one => one.offsetParent)"
    wait_for(opened, f"{answers}.length > {position}")
    _click(opened, f"{answers}[{position}]")
    wait_for(opened, f"document.getElementById('{item}/1').value")


def _click(opened: Browser, element: str) -> None:
    x, y = opened.evaluate(
        f"(() => {{ const one = {element}; one.scrollIntoView({{block: 'center'}}); "
        "const box = one.getBoundingClientRect(); "
        "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    for kind in ("mousePressed", "mouseReleased"):
        opened.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def imported(form: Tree) -> Questionnaire:
    read = read_form(form, "phq9.json")
    return bring(read, LANGUAGE, wanted=None, critical=None, today=TODAY).questionnaire


def of_the_nlm() -> Questionnaire:
    return imported(json.loads(LHC.read_text(encoding="utf-8")))


def read_back(response: Tree, asked: Questionnaire, form: Tree) -> Administration:
    """Return the sitting that a history would keep of a response."""
    lines = [json.dumps(response).encode()]
    rows = ResponseRows(Asked(asked, None, form), lines, "response")
    exported, _found = read_responses("response", lines, rows, client="C-1", now=TAKEN_AT)
    [record] = exported.records
    return record.administration


@pytest.mark.parametrize(
    "made",
    [
        lambda: SYMPTOMS,
        lambda: imported(phq_9_form()),
        pytest.param(
            of_the_nlm,
            marks=pytest.mark.skipif(not LHC.exists(), reason=f"there is no {LHC}"),
        ),
    ],
    ids=["symptoms", "phq-9", "phq-9 of the NLM"],
)
def test_its_total_and_the_answers_it_returns_are_ours(
    made: Callable[[], Questionnaire], address: str, tmp_path: Path
) -> None:
    asked = made()
    positions = {item.id: number % 3 for number, item in enumerate(asked.items)}
    answers = {name: asked.options(name)[at].value for name, at in positions.items()}
    sitting = administer(asked, answers, taken_at=TAKEN_AT)
    expected = score(sitting)[0].score
    form = json.loads(export(asked, notice="n").content)

    with shown(form, address) as opened:
        for item in asked.items:
            assert str(item.text) in opened.evaluate("document.body.innerText")
            choose(opened, item.id, positions[item.id])
        # It is worked out some time after each click.
        wait_for(opened, f"document.getElementById('scale.total/1').value === '{expected}'")
        total = opened.evaluate("document.getElementById('scale.total/1').value")
        response = opened.evaluate("LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")

    assert int(total) == expected
    again = replace(read_back(response, asked, form), taken_at=TAKEN_AT)
    assert summary_object(summary_of(again)) == summary_object(summary_of(sitting))
    (tmp_path / "response.json").write_text(json.dumps(response), encoding="utf-8")
    scored = run(
        f"moodcheck score response.json --questionnaire {asked.id} --output scores.csv",
        cwd=tmp_path,
    )
    assert scored.code == 0, scored.said
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as file:
        [told] = csv.DictReader(file, strict=True)
    assert told["total_score"] == str(expected)
    [critical] = asked.critical
    assert told["alert"] == ("alert" if critical.is_alert(answers[critical.item]) else "none")
