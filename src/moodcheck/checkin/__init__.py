"""One person, walked through a questionnaire at a terminal."""
