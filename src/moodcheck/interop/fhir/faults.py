"""What keeps a FHIR response from being scored, though what it answers may be read."""

from __future__ import annotations

from enum import StrEnum


class ResponseFault(StrEnum):
    """Why a QuestionnaireResponse has no scores."""

    OTHER_FHIR_VERSION = "other_fhir_version"
    """It is written as DSTU2 or STU3 has it."""
    BAD_SHAPE = "bad_shape"
    """A part of it is not what R4 has there, or changes the meaning of what is."""
    TOO_DEEP = "too_deep"
    """Its groups are nested deeper than any questionnaire's."""
    ENTERED_IN_ERROR = "entered_in_error"
    """Its status takes it back."""
    OTHER_QUESTIONNAIRE = "other_questionnaire"
    """It answers another questionnaire than the others."""
    UNKNOWN_ITEM = "unknown_item"
    """It answers a linkId that its questionnaire does not have."""
    ANSWERED_TWICE = "answered_twice"
    """An item is there twice, or has two answers."""
    WRONG_TYPE = "wrong_type"
    """An answer is of a type by which nothing is chosen, or not what its type says."""
    BAD_WEIGHT = "bad_weight"
    """The weight of an answer is no whole number, or contradicts its code."""
