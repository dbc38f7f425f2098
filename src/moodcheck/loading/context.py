"""What every command needs, each part loaded when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Country, CrisisDirectory, HelpPanel, Region, help_panel
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.region import guessed_region, region
from moodcheck.core.summary import Summary, summarize
from moodcheck.errors import UsageError
from moodcheck.files.paths import CRISIS_LINES, OTHER_COUNTRIES, data_folder
from moodcheck.loading.catalogue import find_questionnaire
from moodcheck.loading.data_files import (
    load_crisis_directory,
    load_language,
    load_other_countries,
    load_questionnaire_template,
)

if TYPE_CHECKING:
    from moodcheck.core.questionnaire_draft import QuestionnaireTemplate


class Context:
    """The questionnaires, the words, the help lines, the region and the clock of a run."""

    @cached_property
    def language(self) -> Language:
        """The words that the promises rest on."""
        return load_language(data_folder() / "language" / "en.yaml")

    @cached_property
    def crisis_directory(self) -> CrisisDirectory:
        """All help lines that are known."""
        return load_crisis_directory(data_folder() / CRISIS_LINES)

    @cached_property
    def other_countries(self) -> Mapping[str, Country]:
        """The countries in which no help line is known, by code."""
        return load_other_countries(data_folder() / OTHER_COUNTRIES).countries

    @cached_property
    def questionnaire_template(self) -> QuestionnaireTemplate:
        """What a new questionnaire begins with."""
        return load_questionnaire_template(data_folder() / "templates" / "questionnaire.yaml")

    def now(self) -> datetime:
        """Return the time of this computer, with its UTC offset."""
        return datetime.now(UTC).astimezone()

    def questionnaire(self, name: str) -> Questionnaire:
        """Return the questionnaire with an id, or in a YAML file.

        Raises:
            InputNotFound: when there is none of that name; lists the known ones.
            BadData: when the file breaks the rules; lists every problem with its place.
        """
        return find_questionnaire(name, self.language)

    def region(self, name: str | None) -> Region:
        """Return the region: as named, from `MOODCHECK_REGION`, or guessed from the locale.

        Raises:
            UsageError: when what was named or set is not a country.
        """
        if name is not None:
            return self.region_called(name)
        if setting := os.environ.get("MOODCHECK_REGION"):
            try:
                return self.region_called(setting)
            except UsageError as error:
                raise UsageError(f"MOODCHECK_REGION: {error.what}", mend=error.mend) from None
        variables = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
        locale_name = next(filter(None, variables), "")
        return guessed_region(locale_name, self.crisis_directory, lambda: self.other_countries)

    def region_called(self, name: str) -> Region:
        """Return the country of that code or usual name: `GB`, `Scotland`, `España`.

        Raises:
            UsageError: when no country is called that.
        """
        return region(name, self.crisis_directory, lambda: self.other_countries)

    def help_panel(self, where: Region) -> HelpPanel:
        """Return the help lines for a region, as they are known today."""
        return help_panel(self.crisis_directory, self.language, where, today=self.now().date())

    def summarize(
        self, administration: Administration, where: Region, *, help_was_shown: bool = False
    ) -> Summary:
        """Return everything that may be shown about an administration.

        `help_was_shown` is whether help lines were shown for an alert while it was answered.
        """
        return summarize(
            administration,
            self.crisis_directory,
            self.language,
            region=where,
            today=self.now().date(),
            help_was_shown=help_was_shown,
        )
