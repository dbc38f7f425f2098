"""Whatever goes wrong with a place or a disk: one message, its code, and nothing half there."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from moodcheck.batch.output_columns import ALERT_COLUMNS
from moodcheck.files.paths import data_folder
from tests.functional.person import run_in_shell
from tests.in_process import environment, run
from tests.shipped import SYMPTOMS

ITEMS = [item.id for item in SYMPTOMS.items]
HEADER = ",".join(["id", *ITEMS])
OLD = "what was there before\n"


def rows(count: int) -> str:
    """Return a file with alerts in its first ten rows."""
    critical = SYMPTOMS.critical[0].item
    lines = [
        ",".join([f"p{row}", *("0" if item == critical and row >= 10 else "1" for item in ITEMS)])
        for row in range(count)
    ]
    return "\n".join([HEADER, *lines]) + "\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root can mount a disk to fill")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_disk_without_room_for_the_scores_keeps_the_old_ones(
    small_disk: Path, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text(rows(20_000), encoding="utf-8")
    (small_disk / "scores.csv").write_text(OLD, encoding="utf-8")

    ran = run("moodcheck score answers.csv --output disk/scores.csv", cwd=tmp_path)

    assert ran.code == 74
    # What alerts ask is said all the same.
    assert "ALERTS: 10." in ran.said
    assert "No scores were written." in ran.said
    assert "moodcheck: Writing broke off" in ran.said
    assert "Traceback" not in ran.said
    assert (small_disk / "scores.csv").read_text(encoding="utf-8") == OLD
    # Alerts come first, and are small enough to be there.
    assert left_in(small_disk) == ["scores.alerts.csv", "scores.csv", "scores.rejects.csv"]


def test_a_disk_without_room_for_the_spool_leaves_nothing(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(60_000), encoding="utf-8")

    # Scores for standard output wait there until alerts and rejects are in place.
    ran = run("moodcheck score answers.csv --spool disk", cwd=tmp_path)

    assert (ran.code, ran.output) == (74, b"")
    assert "--spool" in ran.said
    assert left_in(small_disk) == []
    # Alerts come first, wherever the scores would go.
    written = ["moodcheck.alerts.csv", "moodcheck.rejects.csv"]
    assert left_in(tmp_path) == ["answers.csv", "disk", *written]


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("link.csv", "is a link"),
        ("folder", "is a link, a folder"),
        ("nowhere/scores.csv", "its folder does not exist"),
        ("/proc/scores.csv", "cannot be"),
        ("/dev/null", "a device"),
        ("answers.csv/scores.csv", "This cannot be a file name"),
    ],
)
def test_a_place_where_no_file_can_be_put_is_refused_before_the_work(
    output: str, why: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")
    (tmp_path / "target.csv").write_text(OLD, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "target.csv")
    (tmp_path / "folder").mkdir()

    ran = run(f"moodcheck score answers.csv --output {output}", cwd=tmp_path)

    assert ran.code == 73
    assert why in ran.said
    assert (tmp_path / "target.csv").read_text(encoding="utf-8") == OLD
    assert left_in(tmp_path) == ["answers.csv", "folder", "link.csv", "target.csv"]


@pytest.mark.parametrize(
    "options",
    [
        "answers.csv --output answers.csv",
        "answers.csv --output scores.csv --rejects ./folder/../answers.csv",
        "hard-link.csv --output answers.csv",
        "answers.csv --output scores.csv --map map.yaml --rejects map.yaml",
        "answers.csv --output seen.csv --known-alerts seen.csv",
        "answers.csv --questionnaire own.yaml --output ./own.yaml",
        "answers.csv --questionnaire own.yaml --alerts own.yaml --replace-alerts",
    ],
)
def test_no_output_may_be_an_input(options: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")
    (tmp_path / "hard-link.csv").hardlink_to(tmp_path / "answers.csv")
    (tmp_path / "map.yaml").write_text("schema: 1\n", encoding="utf-8")
    (tmp_path / "seen.csv").write_text("file,record,id,item,answer,why,notice\n", encoding="utf-8")
    own = (data_folder() / "symptoms.yaml").read_bytes().replace(b"id: symptoms", b"id: own", 1)
    (tmp_path / "own.yaml").write_bytes(own)
    (tmp_path / "folder").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    ran = run(f"moodcheck score {options}", cwd=tmp_path)

    assert ran.code == 2
    assert "is read by this run" in " ".join(ran.said.split())
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "options",
    ["--output earlier.csv", "--output scores.csv --rejects earlier.csv", "--output earlier"],
)
def test_nothing_takes_the_name_of_alerts_that_somebody_may_not_have_read(
    options: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")
    alerts = f"{','.join(ALERT_COLUMNS)}\nanswers.csv,1,p,death_thoughts,3,answer,,\n".encode()
    for name in ("earlier.csv", "earlier.partial"):
        (tmp_path / name).write_bytes(alerts)

    ran = run(f"moodcheck score answers.csv {options}", cwd=tmp_path)

    assert ran.code == 73
    assert "holds alerts of another run, which would be lost" in ran.said
    assert left_in(tmp_path) == ["answers.csv", "earlier.csv", "earlier.partial"]
    assert (tmp_path / "earlier.csv").read_bytes() == alerts


def test_what_is_written_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(3), encoding="utf-8")

    run_in_shell("umask 000; moodcheck score answers.csv --output scores.csv", cwd=tmp_path)

    written = [path for path in tmp_path.iterdir() if path.name != "answers.csv"]
    assert len(written) == 3
    assert {oct(path.stat().st_mode & 0o777) for path in written} == {"0o600"}


def test_a_run_that_is_killed_leaves_the_old_scores_or_the_new_and_the_next_sweeps(
    tmp_path: Path,
) -> None:
    (tmp_path / "answers.csv").write_text(rows(60_000), encoding="utf-8")
    spool = tmp_path / "spool"
    spool.mkdir()
    command = "exec moodcheck score answers.csv --output scores.csv --spool spool --report json"
    began = time.monotonic()
    assert run_in_shell(command, cwd=tmp_path).code == 0
    whole, took = (tmp_path / "scores.csv").read_bytes(), time.monotonic() - began
    chance = random.Random(24)  # noqa: S311 - moments to kill at

    for _ in range(6):
        (tmp_path / "scores.csv").write_text(OLD, encoding="utf-8")
        process = subprocess.Popen(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=environment(tmp_path),
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0, took))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        assert (tmp_path / "scores.csv").read_bytes() in {OLD.encode(), whole}

    assert run_in_shell(command, cwd=tmp_path).code == 0
    assert left_in(spool) == []
    assert not [name for name in left_in(tmp_path) if name.startswith(".")]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_asked_to_end_does_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(400_000), encoding="utf-8")
    spool = tmp_path / "spool"
    spool.mkdir()
    with subprocess.Popen(
        ["moodcheck", "score", "answers.csv", "--output", "scores.csv", "--spool", "spool"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 20
        while not list(tmp_path.glob(".scores.csv*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(getattr(signal, name))
        said = process.communicate()[1]

    assert (process.returncode, said) == (130, b"")
    assert left_in(spool) == []
    assert left_in(tmp_path) == ["answers.csv", "spool"]


def test_an_older_file_of_alerts_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(2), encoding="utf-8")
    for _ in range(3):
        run("moodcheck score answers.csv --output scores.csv", cwd=tmp_path)

    alerts = [name for name in left_in(tmp_path) if "alerts" in name]
    assert alerts == ["scores.alerts-2.csv", "scores.alerts-3.csv", "scores.alerts.csv"]


def test_alerts_under_a_chosen_name_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(2), encoding="utf-8")
    command = "moodcheck score answers.csv --output scores.csv --alerts alerts.csv"
    first = run(command, cwd=tmp_path)
    before = (tmp_path / "alerts.csv").read_bytes()
    (tmp_path / "scores.csv").unlink()
    again = run(command, cwd=tmp_path)

    assert (first.code, again.code) == (0, 73)
    assert "--alerts-dir DIR" in again.said
    assert "--replace-alerts" in again.said
    assert (tmp_path / "alerts.csv").read_bytes() == before
    assert not (tmp_path / "scores.csv").exists()


def test_a_fixed_name_has_the_alerts_of_the_last_run_and_none_of_before_are_lost(
    tmp_path: Path,
) -> None:
    command = "moodcheck score answers.csv --output s.csv --alerts alerts.csv --replace-alerts"
    for number, count in enumerate([2, 0, 3, 1]):
        text = rows(count) if count else rows(1).replace(",1", ",0")
        (tmp_path / "answers.csv").write_text(text, encoding="utf-8")
        ran = run(f"{command} --report json", cwd=tmp_path)
        outputs = json.loads(ran.said)["outputs"]
        # A file that holds no alert is not kept.
        kept = {1: "alerts-2.csv", 3: "alerts-3.csv"}.get(number)
        assert outputs.get("older_alerts") == kept

    found = {one: _count(tmp_path / one) for one in left_in(tmp_path) if "alerts" in one}
    assert found == {"alerts.csv": 1, "alerts-2.csv": 2, "alerts-3.csv": 3}


def _count(alerts: Path) -> int:
    return len(alerts.read_text(encoding="utf-8").splitlines()) - 1


def test_each_run_writes_a_dated_file_into_a_folder_that_the_next_one_knows(tmp_path: Path) -> None:
    command = "moodcheck score answers.csv --output s.csv --alerts-dir seen --known-alerts seen"
    for count in (2, 3):
        (tmp_path / "answers.csv").write_text(rows(count), encoding="utf-8")
        assert run(command, cwd=tmp_path).code == 0

    files = left_in(tmp_path / "seen")
    assert all(re.fullmatch(r"s\.alerts-\d{4}-\d\d-\d\dT\d{6}Z(-2)?\.csv", one) for one in files)
    assert sorted(_count(tmp_path / "seen" / one) for one in files) == [1, 2]


@pytest.mark.parametrize(
    "options",
    ["--alerts a.csv --alerts-dir seen", "--replace-alerts", "--alerts-dir https://x.org/"],
)
def test_places_of_alerts_that_make_no_sense_are_refused(options: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")

    assert run(f"moodcheck score answers.csv --output s.csv {options}", cwd=tmp_path).code == 2
    assert left_in(tmp_path) == ["answers.csv"]


def test_alerts_that_were_seen_are_left_out_of_the_next_file(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(3), encoding="utf-8")
    run("moodcheck score answers.csv --output one.csv", cwd=tmp_path)
    (tmp_path / "answers.csv").write_text(rows(5), encoding="utf-8")

    ran = run(
        "moodcheck score answers.csv --output two.csv --known-alerts one.alerts.csv "
        "--fail-on-alerts",
        cwd=tmp_path,
    )

    assert ran.code == 4
    seen = (tmp_path / "two.alerts.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[2] for line in seen] == ["id", "p3", "p4"]


def test_codes_that_look_shifted_are_said_first_and_strictly_make_no_scores(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(60), encoding="utf-8")
    text = (tmp_path / "answers.csv").read_text(encoding="utf-8")
    (tmp_path / "answers.csv").write_text(text.replace(",0", ",1"), encoding="utf-8")

    lenient = run("moodcheck score answers.csv --output scores.csv", cwd=tmp_path)
    strict = run("moodcheck score answers.csv --output strict.csv --strict-codes", cwd=tmp_path)

    first = " ".join(lenient.said.split())
    assert first.startswith("These answers look as if they were counted from 1 up: in 60 rows")
    assert (lenient.code, strict.code) == (0, 65)
    assert [one for one in left_in(tmp_path) if one.startswith("strict")] == [
        "strict.alerts.csv",
        "strict.rejects.csv",
    ]
    assert _count(tmp_path / "strict.alerts.csv") == 60


def test_the_same_file_twice_is_said_by_whatever_name(tmp_path: Path) -> None:
    for name in ("a.csv", "copy.csv"):
        (tmp_path / name).write_text(rows(2), encoding="utf-8")
    (tmp_path / "other.csv").write_text(rows(3), encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("other.csv")

    command = "moodcheck score a.csv other.csv copy.csv link.csv --output s.csv"
    for_people = run(command, cwd=tmp_path)
    for_a_script = run(f"{command} --report json", cwd=tmp_path)

    said = " ".join(for_people.said.split())
    assert "copy.csv has the same content as a.csv, so each of its rows" in said
    repeated = json.loads(for_a_script.said)["repeated_inputs"]
    assert [(one["name"], one["same_as"]) for one in repeated] == [
        ("copy.csv", "a.csv"),
        ("link.csv", "other.csv"),
    ]


def test_nothing_reaches_standard_output_when_too_much_is_rejected(tmp_path: Path) -> None:
    text = rows(9) + "p9,often" + ",1" * (len(ITEMS) - 1) + "\n"
    (tmp_path / "answers.csv").write_text(text, encoding="utf-8")

    refused = run("moodcheck score - --max-rejects 0 < answers.csv", cwd=tmp_path)
    allowed = run("moodcheck score - --max-rejects 10% --allow-rejects < answers.csv", cwd=tmp_path)

    assert (refused.code, refused.output) == (65, b"")
    assert allowed.code == 0
    assert len(allowed.output.splitlines()) == 10
    assert "record 1" in allowed.said


def test_where_working_files_lie_is_said_to_people_and_a_script_gets_the_report_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")
    (tmp_path / "spool").mkdir()

    for_people = run("moodcheck score - --spool spool < answers.csv", cwd=tmp_path)
    for_a_script = run("moodcheck score - --report json < answers.csv", cwd=tmp_path)

    assert "Working files lie in spool/moodcheck-spool-" in " ".join(for_people.said.split())
    assert json.loads(for_a_script.said)["scored"] == 1
    assert left_in(tmp_path / "spool") == []


@pytest.mark.parametrize("name", ["https://example.org/a.csv", "s3://bucket/a.csv"])
def test_what_looks_like_an_address_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(rows(1), encoding="utf-8")

    assert run(f"moodcheck score {name} --output o.csv", cwd=tmp_path).code == 2
    assert run(f"moodcheck score answers.csv --output {name}", cwd=tmp_path).code == 2


def test_signs_of_patterns_in_a_name_are_letters_of_it(tmp_path: Path) -> None:
    name = "an*sw[e]rs?'\".csv"
    (tmp_path / name).write_text(rows(2), encoding="utf-8")
    (tmp_path / "answers.csv").write_text(rows(7), encoding="utf-8")

    ran = run(f"moodcheck score {shlex.quote(name)} --output scores.csv", cwd=tmp_path)

    assert ran.code == 0
    assert len((tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_an_input_that_never_ends_is_read_in_bounded_memory_until_somebody_ends_it(
    tmp_path: Path,
) -> None:
    command = (
        f"(echo {HEADER}; yes p,{'1,' * (len(ITEMS) - 1)}1) | "
        "(exec moodcheck score - --output scores.csv) & "
        "sleep 5; ps -o rss= -p $! > rss; kill -TERM $!; wait $!"
    )
    ran = run_in_shell(command, cwd=tmp_path)
    rss = tmp_path / "rss"

    assert ran.code in {130, 143}
    assert 0 < int(rss.read_text()) * 1_024 < 500_000_000
    rss.unlink()
    assert left_in(tmp_path) == []


def test_an_input_that_changes_while_it_is_read_leaves_nothing_half_written(tmp_path: Path) -> None:
    """What was read is scored as it was; a file that was cut off has whole records up to there."""
    (tmp_path / "answers.csv").write_text(rows(400_000), encoding="utf-8")
    with subprocess.Popen(
        ["moodcheck", "score", "answers.csv", "--output", "scores.csv", "--report", "json"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 20
        while not list(tmp_path.glob(".scores.csv*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        with (tmp_path / "answers.csv").open("r+b") as file:
            file.truncate((tmp_path / "answers.csv").stat().st_size // 2)
        said = process.communicate()[1]

    report = json.loads(said)
    assert report["exit_code"] == process.returncode
    assert report["read"] == report["scored"] + report["rejected"]["records"]
    name = report["outputs"].get("scores") or report["outputs"]["partial_scores"]
    with (tmp_path / name).open(encoding="utf-8") as scores:
        assert sum(1 for _ in scores) == report["scored"] + 1
    assert not [one for one in left_in(tmp_path) if one.startswith(".")]
