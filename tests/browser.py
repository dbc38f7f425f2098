"""A headless Chromium, told what to do over a pipe: nothing stands between it and the tests."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CHROMIUM = shutil.which("chromium")

_INCHES = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}
"""Width and height of paper."""

_UNEXPECTED = {
    "Page.javascriptDialogOpening": "a dialog",
    "Runtime.consoleAPICalled": "words on the console",
    "Runtime.exceptionThrown": "an error in a script",
    "Log.entryAdded": "an entry in the log",
    "Network.requestWillBeSent": "a request",
}


@dataclass
class Browser:
    """One page of a browser, and what it did without being asked."""

    _read: int
    _write: int
    _last: int = 0
    _session: str = ""
    _events: list[dict[str, Any]] = field(default_factory=list)
    _rest: bytes = b""

    def begin(self) -> None:
        """Open an empty page."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def open(self, file: Path, *, width: int, zoom: int = 1, is_dark: bool = False) -> None:
        """Show a file in a window of that many CSS pixels."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=zoom, mobile=False,
        )  # fmt: skip
        wish = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[wish])
        self._events.clear()
        self.ask("Page.navigate", url=file.as_uri())
        while not any(one["method"] == "Page.loadEventFired" for one in self._events):
            self._events.append(self._message())

    @property
    def unexpected(self) -> list[str]:
        """What the page did that no document does."""
        told = [one for one in self._events if one["method"] in _UNEXPECTED]
        # The page itself is asked for, and nothing after it.
        own = [one for one in told if one["method"] == "Network.requestWillBeSent"][:1]
        return [_UNEXPECTED[one["method"]] for one in told if one not in own]

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return what a script returns that we bring to the page; it may be a promise."""
        done = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def printed(self, paper: str = "A4") -> bytes:
        """Return the page as the browser prints it, as a PDF."""
        width, height = _INCHES[paper]
        done = self.ask(
            "Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=False
        )
        return base64.b64decode(done["data"])

    def picture(self) -> bytes:
        """Return the whole page as a PNG."""
        done = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(done["data"])

    def ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - as its protocol has it
        """Send a command and return its result."""
        self._last += 1
        asked = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while (told := self._message()).get("id") != self._last:
            self._events.append(told)
        assert "error" not in told, told["error"]
        return told["result"]

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._read, 1 << 16)
            assert more, "the browser is gone"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        return told


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser with a profile of its own, and end it."""
    with TemporaryDirectory() as profile:
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
        # It reads from descriptor 3 and writes to 4, so the ends must not have those numbers.
        ends = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (theirs_in, theirs_out)]
        command = (
            f"exec {CHROMIUM} --headless --no-sandbox --disable-gpu --remote-debugging-pipe "
            f"--user-data-dir={profile} --no-first-run --disable-background-networking "
            f"--disable-dev-shm-usage 3<&{ends[0]} 4>&{ends[1]}"
        )
        program = subprocess.Popen(
            ["bash", "-c", command], pass_fds=ends, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for one in (theirs_in, theirs_out, *ends):
            os.close(one)
        try:
            made = Browser(ours_in, ours_out)
            made.begin()
            yield made
        finally:
            os.close(ours_out)
            os.close(ours_in)
            program.terminate()
            program.wait()
