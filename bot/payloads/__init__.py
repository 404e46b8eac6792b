"""What a button can mean: one value per kind of tap, and the tag that it travels under."""

from __future__ import annotations

from collections.abc import Mapping

from bot.payloads.diary import (
    Alarm,
    Answer,
    Back,
    Enough,
    Finish,
    Mistake,
    Option,
    Review,
    Skip,
    Stand,
)
from bot.payloads.joining import At, Consent, Read, Region, Regions, Resume, Stop, Times, Zone
from bot.payloads.team import (
    Book,
    Cancel,
    Close,
    Closed,
    Day,
    Invite,
    Look,
    Month,
    Nothing,
    Patients,
    SendAgain,
    Session,
    Sessions,
    Start,
    Take,
)

__all__ = [
    "TAGS",
    "Alarm",
    "Answer",
    "At",
    "Back",
    "Book",
    "Cancel",
    "Close",
    "Closed",
    "Consent",
    "Day",
    "Enough",
    "Finish",
    "Invite",
    "Look",
    "Mistake",
    "Month",
    "Nothing",
    "Option",
    "Patients",
    "Payload",
    "Read",
    "Region",
    "Regions",
    "Resume",
    "Review",
    "SendAgain",
    "Session",
    "Sessions",
    "Skip",
    "Stand",
    "Start",
    "Stop",
    "Take",
    "Times",
    "Zone",
]

Payload = (
    Answer | Option | Finish | Back | Skip | Enough | Review | Stand | Alarm | Mistake
    | Read | Consent | Regions | Region | Zone
    | Times | At | Stop | Resume | Invite | Take | Close | Look | Closed | Sessions | Patients
    | Session | Month | Day | Start | Book | Cancel | SendAgain | Nothing
)  # fmt: skip

TAGS: Mapping[str, type[Payload]] = {
    "a": Answer,
    "o": Option,
    "f": Finish,
    "b": Back,
    "k": Skip,
    "e": Enough,
    "rv": Review,
    "sd": Stand,
    "al": Alarm,
    "mi": Mistake,
    "r": Read,
    "co": Consent,
    "rs": Regions,
    "rg": Region,
    "z": Zone,
    "ts": Times,
    "at": At,
    "st": Stop,
    "re": Resume,
    "in": Invite,
    "tk": Take,
    "cl": Close,
    "lk": Look,
    "cd": Closed,
    "ss": Sessions,
    "ps": Patients,
    "se": Session,
    "mo": Month,
    "d": Day,
    "s": Start,
    "bk": Book,
    "ca": Cancel,
    "sa": SendAgain,
    "-": Nothing,
}
