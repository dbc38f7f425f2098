"""Real answers of 5,924 people to the PHQ-9: as R's psych has them, and as the survey published."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from functools import cache
from typing import Any

import pytest

import moodcheck
from moodcheck.batch.cohort.cohort import Cohort
from moodcheck.core.administration import Unanswered
from tests.parity.test_nhanes import ANSWERS, COUNTS, ITEMS, QUESTIONS

pytestmark = pytest.mark.skipif(
    not (ANSWERS.exists() and COUNTS.exists()),
    reason="the survey's answers are not in ../shared/data",
)

PSYCH = """
suppressPackageStartupMessages(library(psych))
answers <- read.csv(commandArgs(TRUE))[, sprintf("DPQ%03d", seq(10, 90, 10))]
answers[answers > 3] <- NA
answers <- answers[complete.cases(answers), ]
found <- alpha(answers, warnings = FALSE)
totals <- rowSums(answers)
said <- c(nrow(answers), found$total$raw_alpha, mean(totals), sd(totals), mean(totals == 0),
          mean(totals == 27), found$alpha.drop$raw_alpha, found$item.stats$r.drop)
cat(format(said, digits = 17), sep = "\\n")
"""


@cache
def cohort() -> Cohort:
    return moodcheck.cohort_files(ANSWERS, "phq-9", map="nhanes-dpq")


def total() -> Any:  # noqa: ANN401 - its parts are compared one by one
    whole = cohort().whole
    assert whole is not None
    return whole.scales[0]


def test_alpha_and_what_it_is_without_each_item_are_those_of_psych() -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed: apt-get install r-cran-psych")
    run = subprocess.run(
        ["Rscript", "--vanilla", "-e", PSYCH, str(ANSWERS)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    numbers = [float(line) for line in run.stdout.split()]
    rows, alpha, mean, sd, floor, ceiling = numbers[:6]
    complete, reliability = total().complete, total().reliability

    assert rows == complete.spread.rows == reliability.rows == 5_372
    assert reliability.alpha == pytest.approx(alpha, rel=1e-12)
    assert complete.spread.mean == pytest.approx(mean, rel=1e-12)
    assert complete.spread.sd == pytest.approx(sd, rel=1e-12)
    assert complete.floor / rows == pytest.approx(floor, rel=1e-12)
    assert complete.ceiling / rows == pytest.approx(ceiling, rel=1e-12)
    without = [one.alpha_without for one in reliability.items]
    with_rest = [one.r_rest for one in reliability.items]
    assert [*without, *with_rest] == pytest.approx(numbers[6:], rel=1e-10)


def test_the_numbers_are_those_that_are_known_of_this_survey() -> None:
    complete = total().complete

    assert round(total().reliability.alpha, 4) == 0.8413
    assert (round(complete.spread.mean, 3), round(complete.spread.sd, 3)) == (3.312, 4.396)
    assert (complete.floor, complete.ceiling) == (1_714, 3)
    assert total().scored.spread.rows - complete.spread.rows == 20


def test_every_option_and_every_missing_code_is_counted_as_the_survey_published_it() -> None:
    published = json.loads(COUNTS.read_text(encoding="utf-8"))
    whole = cohort().whole
    assert whole is not None
    codes = {Unanswered.DECLINED: "7", Unanswered.UNKNOWN: "9", Unanswered.BLANK: "."}
    for item, question in zip(ITEMS, QUESTIONS, strict=True):
        (found,) = [one for one in whole.items if one.item.id == item]
        counts = {str(option.value): rows for option, rows in found.options}
        counts |= {codes[why]: rows for why, rows in found.unanswered.items()}

        assert Counter(counts) == Counter(published[question])
