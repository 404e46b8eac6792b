"""What a button can mean: one value per kind of tap."""

from __future__ import annotations

from bot.payloads.attack import (
    AttackEnds,
    AttackMedicine,
    AttackMistake,
    AttackNow,
    AttackOver,
    AttackRelief,
    AttackStill,
    AttackTaken,
    AttackTook,
)
from bot.payloads.calendar import DiaryClose, DiaryDay, DiaryFill, DiaryMonth, DiaryOpen
from bot.payloads.crisis import SayingSafe
from bot.payloads.desk import Card, CardClose, Roster, RosterOpen
from bot.payloads.diary import (
    Alarm,
    Answer,
    Back,
    Enough,
    Finish,
    Option,
    Review,
    Skip,
    Stand,
)
from bot.payloads.duty import DutyOpen, HandAll, OnDuty, QuietHours
from bot.payloads.joining import (
    AskStop,
    At,
    Consent,
    Read,
    Region,
    Regions,
    Resume,
    Stop,
    Times,
    Zone,
)
from bot.payloads.limits import Known, Limits, LimitsDone, PainLimit
from bot.payloads.lists import (
    AddMedicine,
    AddOwn,
    Class,
    Classes,
    Lists,
    NoUsual,
    Own,
    PutAway,
    PutBack,
    Rename,
    Usual,
)
from bot.payloads.notes import DropNote, EraseNote, KeepNote, Notes
from bot.payloads.profile import (
    Aura,
    AuraDone,
    AuraLong,
    AuraOpen,
    Auras,
    Break,
    BreakOver,
    Breaks,
    Languages,
    NoAura,
    Pace,
    Paces,
    Practice,
    Practices,
    Settings,
    Speak,
)
from bot.payloads.relay import (
    AnswerDrop,
    AnswerToo,
    AskSend,
    KeepBack,
    NeverMind,
    RelaySeen,
    RelayShow,
    SendNote,
    WriteTeam,
)
from bot.payloads.safety import (
    AlarmClose,
    AlarmMore,
    AlarmNow,
    Mistake,
    Press,
    RedFlag,
    StatusAway,
    StatusWorse,
    Word,
)
from bot.payloads.scores import ScoreAsk, Scores, ScoresAgain, ScoreTap, ScoreUndo
from bot.payloads.staff import AuditPage, Member, Remove, StaffInvite, StaffOpen
from bot.payloads.team import (
    Book,
    CallBack,
    Cancel,
    Close,
    Closed,
    Day,
    Hand,
    HandTo,
    History,
    Invite,
    ListAgain,
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
    "AddMedicine",
    "AddOwn",
    "Alarm",
    "AlarmClose",
    "AlarmMore",
    "AlarmNow",
    "Answer",
    "AnswerDrop",
    "AnswerToo",
    "AskSend",
    "AskStop",
    "At",
    "AttackEnds",
    "AttackMedicine",
    "AttackMistake",
    "AttackNow",
    "AttackOver",
    "AttackRelief",
    "AttackStill",
    "AttackTaken",
    "AttackTook",
    "AuditPage",
    "Aura",
    "AuraDone",
    "AuraLong",
    "AuraOpen",
    "Auras",
    "Back",
    "Book",
    "Break",
    "BreakOver",
    "Breaks",
    "CallBack",
    "Cancel",
    "Card",
    "CardClose",
    "Class",
    "Classes",
    "Close",
    "Closed",
    "Consent",
    "Day",
    "DiaryClose",
    "DiaryDay",
    "DiaryFill",
    "DiaryMonth",
    "DiaryOpen",
    "DropNote",
    "DutyOpen",
    "Enough",
    "EraseNote",
    "Finish",
    "Hand",
    "HandAll",
    "HandTo",
    "History",
    "Invite",
    "KeepBack",
    "KeepNote",
    "Known",
    "Languages",
    "Limits",
    "LimitsDone",
    "ListAgain",
    "Lists",
    "Look",
    "Member",
    "Mistake",
    "Month",
    "NeverMind",
    "NoAura",
    "NoUsual",
    "Notes",
    "Nothing",
    "OnDuty",
    "Option",
    "Own",
    "Pace",
    "Paces",
    "PainLimit",
    "Patients",
    "Payload",
    "Practice",
    "Practices",
    "Press",
    "PutAway",
    "PutBack",
    "QuietHours",
    "Read",
    "RedFlag",
    "Region",
    "Regions",
    "RelaySeen",
    "RelayShow",
    "Remove",
    "Rename",
    "Resume",
    "Review",
    "Roster",
    "RosterOpen",
    "SayingSafe",
    "ScoreAsk",
    "ScoreTap",
    "ScoreUndo",
    "Scores",
    "ScoresAgain",
    "SendAgain",
    "SendNote",
    "Session",
    "Sessions",
    "Settings",
    "Skip",
    "Speak",
    "StaffInvite",
    "StaffOpen",
    "Stand",
    "Start",
    "StatusAway",
    "StatusWorse",
    "Stop",
    "Take",
    "Times",
    "Usual",
    "Word",
    "WriteTeam",
    "Zone",
]

Payload = (
    AttackNow | AttackMedicine | AttackTook | AttackTaken | AttackRelief | AttackStill
    | AttackOver | AttackMistake | AttackEnds
    | DiaryOpen | DiaryMonth | DiaryDay | DiaryFill | DiaryClose
    | WriteTeam | NeverMind | AskSend | SendNote | KeepBack | RelaySeen | RelayShow
    | AnswerToo | AnswerDrop | SayingSafe
    | KeepNote | DropNote | Notes | EraseNote |
    Answer | Option | Finish | Back | Skip | Enough | Review | Stand | Alarm | Mistake
    | AlarmMore | AlarmNow | AlarmClose | RedFlag | Word | Press | StatusAway | StatusWorse
    | History | Hand | HandTo | CallBack
    | Read | Consent | Regions | Region | Zone
    | Times | At | AskStop | Stop | Resume
    | Invite | Take | Close | Look | ListAgain | Closed | Sessions | Patients
    | Session | Month | Day | Start | Book | Cancel | SendAgain | Nothing
    | Settings | Auras | Aura | NoAura | AuraOpen | AuraDone | AuraLong | Practices | Practice
    | Paces | Pace | Breaks | Break | BreakOver
    | Lists | AddOwn | AddMedicine | Own | Rename | Usual | NoUsual | Classes | Class
    | PutAway | PutBack | Languages | Speak
    | AuditPage | StaffOpen | StaffInvite | Member | Remove
    | Limits | PainLimit | Known | LimitsDone
    | Scores | ScoresAgain | ScoreAsk | ScoreTap | ScoreUndo
    | DutyOpen | OnDuty | QuietHours | HandAll
    | Roster | RosterOpen | Card | CardClose
)  # fmt: skip
