# List the recipes.
[private]
default:
    @just --list --unsorted

# Make .venv with moodcheck in it, editable, and everything the other recipes need.
install:
    python3 -m venv .venv && .venv/bin/pip install -e ".[dev]"

# Every rule of style, and the one layout.
lint:
    .venv/bin/ruff check
    .venv/bin/ruff format --check

# Types, strictly.
types:
    .venv/bin/mypy

# Who may import whom.
floors:
    .venv/bin/lint-imports --no-logo

# All tests, as the README says to run them.
test:
    .venv/bin/pytest

# The tests of Spark with the oldest one that is supported, in an environment of its own.
oldest-spark:
    python3 -m venv .venv-spark
    .venv-spark/bin/pip install --quiet -e ".[batch,excel,statistics,spark]" "pyspark==3.5.*" hypothesis \
        duckdb pandas polars pyarrow "pytest<9.2" pytest-timeout pytest-xdist
    # Its client leaves sockets to the garbage collector.
    .venv-spark/bin/pytest --override-ini="addopts=-ra --import-mode=importlib" \
        -W ignore::pytest.PytestUnraisableExceptionWarning tests/spark

# All tests once more, measured; fails below the floor that pyproject.toml sets.
coverage:
    .venv/bin/pytest --cov

# Everything a change must pass.
check: lint types floors test

# Source distribution, and the wheel from it, in dist/.
build:
    .venv/bin/python -m build --no-isolation

# What must be true before a release: every help line confirmed by a person within a year.
release-check: check
    .venv/bin/moodcheck crisis-lines --audit

# How long moodcheck takes to say its first word.
bench:
    .venv/bin/python benchmarks/cold_start.py

# How long the scoring of files takes, beside the same work done by hand.
bench-batch:
    .venv/bin/python benchmarks/batch.py --rows 1000000 10000000

# How long responses of FHIR take, beside a loop over json.loads.
bench-fhir:
    .venv/bin/python benchmarks/fhir.py

# How long a look at many rows takes, beside scoring the same file.
bench-cohort:
    .venv/bin/python -m benchmarks.cohort --rows 10000000 --groups 10

# How long the history takes to unlock, to keep an answer, and to show a trend.
bench-history:
    .venv/bin/python benchmarks/history.py

# How long pages take, beside ten lines of typst.
bench-report:
    .venv/bin/python benchmarks/report.py

# Break off every write of a history, kill a thousand sittings, flip every bit; takes long.
faults:
    FAULTS_STRIDE=1 FAULTS_KILLS=1000 DAMAGE_STRIDE=1 .venv/bin/pytest --timeout=0 -rP \
        tests/faults tests/hostile/test_history_damage.py

# Score a thousand damaged files of each kind, and every hostile file in every way; takes long.
hostile:
    PARQUET_MUTATIONS=1000 HOSTILE_STRIDE=1 .venv/bin/pytest --timeout=0 tests/hostile/batch
    FHIR_EXAMPLES=5000 .venv/bin/pytest --timeout=0 tests/unit/batch/embedded/test_fhir_rows.py
    FHIR_MEGABYTES=50 .venv/bin/pytest --timeout=0 tests/unit/interop/fhir/test_bundle.py

# Take 25 times as many random questionnaires, answers and files on every engine; takes long.
examples:
    EXAMPLES_TIMES=25 .venv/bin/pytest --timeout=0 tests/parity

# Score 100,000 sittings with 2,000 random questionnaires in every way there is; takes hours.
scores:
    SCORED_QUESTIONNAIRES=2000 .venv/bin/pytest --timeout=0 tests/parity/test_many_scores.py

# Draw the pictures in the documentation from real runs.
pictures:
    .venv/bin/python docs/pictures/make.py
    .venv/bin/python docs/pictures/pages.py

# Write the schemas of questionnaires, of maps and of an exported history.
schema:
    .venv/bin/moodcheck questionnaire schema > data/questionnaire.schema.json
    .venv/bin/moodcheck questionnaire schema --maps > data/map.schema.json
    .venv/bin/moodcheck history schema > data/history.schema.json

# Write the command reference from --help, and every sentence of a sitting.
docs:
    .venv/bin/python docs/make_cli_reference.py
    .venv/bin/python docs/make_words.py
