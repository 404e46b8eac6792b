"""Everybody who answers, and which button is whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import menus, payloads as on
from bot.handlers.alarming import AlarmingHandlers
from bot.handlers.answering import AnsweringHandlers
from bot.handlers.attacking import AttackingHandlers
from bot.handlers.coordinating import CoordinatingHandlers
from bot.handlers.desk import DeskHandlers
from bot.handlers.diary import DiaryHandlers
from bot.handlers.duty import DutyHandlers
from bot.handlers.enrolment import EnrolmentHandlers
from bot.handlers.general import GeneralHandlers
from bot.handlers.infusing import InfusingHandlers
from bot.handlers.limits import LimitsHandlers
from bot.handlers.lists import ListHandlers
from bot.handlers.profile import ProfileHandlers
from bot.handlers.relaying import RelayingHandlers
from bot.handlers.scoring import ScoringHandlers
from bot.handlers.staff import StaffHandlers
from bot.replies import Manners, TapHandler
from care.usecases import lists, score, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.drawing import Drawn
    from bot.pending import PendingReplies
    from care.people import Address
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class Handlers:
    """Everybody who answers."""

    core: Core
    pending: PendingReplies
    enrolment: EnrolmentHandlers
    answering: AnsweringHandlers
    alarming: AlarmingHandlers
    attacking: AttackingHandlers
    diary: DiaryHandlers
    coordinating: CoordinatingHandlers
    desk: DeskHandlers
    duty: DutyHandlers
    staff: StaffHandlers
    infusing: InfusingHandlers
    limits: LimitsHandlers
    lists: ListHandlers
    profile: ProfileHandlers
    relaying: RelayingHandlers
    scoring: ScoringHandlers
    general: GeneralHandlers

    @property
    def manners(self) -> Manners:
        """How refusals are put, to whom, and where they are written down."""
        core = self.core
        return Manners(
            clinic=core.clinic,
            pending=self.pending,
            who_speaks=lambda by, language: watch.who_speaks(core, address=by, language=language),
            note_refused=lambda by, what: watch.note_refused(core, address=by, subject=what),
            moves_on=self.moves_on,
        )

    async def moves_on(self, by: Address) -> None:
        """Neither words nor a number are expected of a person any more."""
        await lists.await_no_words(self.core, by=by)
        await score.leave(self.core, by=by)


def all_handlers(
    core: Core,
    *,
    drawn: Drawn,
    pending: PendingReplies,
    new_token: Callable[[], str],
    link: Callable[[str], str],
) -> Handlers:
    """Everybody, built; `link` makes a deep link of an invite's token."""
    answering = AnsweringHandlers(core=core, drawn=drawn)
    return Handlers(
        core=core,
        pending=pending,
        enrolment=EnrolmentHandlers(core=core, new_token=new_token, link=link, greet=menus.greet),
        answering=answering,
        alarming=AlarmingHandlers(core=core),
        diary=DiaryHandlers(core=core, answer=answering.reply),
        attacking=AttackingHandlers(core=core),
        coordinating=CoordinatingHandlers(core=core),
        desk=DeskHandlers(core=core),
        duty=DutyHandlers(core=core),
        staff=StaffHandlers(core=core, new_token=new_token, link=link),
        infusing=InfusingHandlers(core=core),
        limits=LimitsHandlers(core=core),
        lists=ListHandlers(core=core),
        profile=ProfileHandlers(core=core, greet=menus.greet),
        relaying=RelayingHandlers(core=core),
        scoring=ScoringHandlers(core=core),
        general=GeneralHandlers(core=core),
    )


def taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """Every kind of button, by its payload."""
    answering, enrolment = of.answering, of.enrolment
    return {
        on.Answer: answering.answer,
        on.Option: answering.option,
        on.Finish: answering.finish,
        on.Back: answering.back,
        on.Skip: answering.skip,
        on.Enough: answering.enough,
        on.Review: answering.review,
        on.Stand: answering.stand,
        **alarm_taps(of),
        **attack_taps(of),
        **diary_taps(of),
        on.Read: enrolment.read,
        on.Consent: enrolment.consent,
        on.Regions: enrolment.regions,
        on.Region: enrolment.region,
        on.Zone: enrolment.zone,
        on.Times: enrolment.times,
        on.At: enrolment.at,
        on.AskStop: enrolment.ask_stop,
        on.Stop: enrolment.stop,
        on.Resume: enrolment.resume,
        on.Invite: enrolment.invite,
        **profile_taps(of),
        **team_taps(of),
        **relay_taps(of),
        **desk_taps(of),
    }


def alarm_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """The buttons about what is alarming."""
    alarming = of.alarming
    return {
        on.Alarm: alarming.opened,
        on.AlarmMore: alarming.more,
        on.AlarmNow: alarming.now,
        on.AlarmClose: alarming.close,
        on.RedFlag: alarming.flag,
        on.Mistake: alarming.mistake,
        on.Word: alarming.word,
        on.SayingSafe: of.alarming.safe,
        on.Press: alarming.press,
        on.StatusAway: alarming.status_away,
        on.StatusWorse: alarming.status_worse,
    }


def attack_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """The buttons of an attack."""
    attacking = of.attacking
    return {
        on.AttackNow: attacking.start_tapped,
        on.AttackMedicine: attacking.medicine,
        on.AttackTook: attacking.took,
        on.AttackTaken: attacking.taken,
        on.AttackRelief: attacking.relief,
        on.AttackStill: attacking.still,
        on.AttackOver: attacking.over,
        on.AttackMistake: attacking.mistake,
        on.AttackEnds: of.answering.attack_ends,
    }


def diary_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """The buttons of the diary's calendar, and of notes."""
    diary = of.diary
    return {
        on.DiaryOpen: diary.opened,
        on.DiaryMonth: diary.month,
        on.DiaryDay: diary.day,
        on.DiaryFill: diary.fill,
        on.DiaryClose: diary.close,
        on.KeepNote: diary.keep_note,
        on.DropNote: diary.drop_note,
        on.Notes: diary.notes,
        on.EraseNote: diary.erase_note,
    }


def team_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """The buttons of the care team."""
    coordinating, infusing = of.coordinating, of.infusing
    return {
        on.Take: coordinating.take,
        on.Close: coordinating.ask_close,
        on.Look: coordinating.look,
        on.ListAgain: coordinating.list_again,
        on.Closed: coordinating.closed,
        on.History: coordinating.history,
        on.Hand: coordinating.ask_hand,
        on.HandTo: coordinating.hand_to,
        on.CallBack: coordinating.call_back,
        on.Sessions: infusing.list_tapped,
        on.Patients: infusing.patients,
        on.Session: infusing.session,
        on.Month: infusing.month,
        on.Day: infusing.day,
        on.Start: infusing.start,
        on.Book: infusing.book,
        on.Cancel: infusing.cancel,
        on.SendAgain: coordinating.send_again,
        on.Nothing: infusing.nothing,
    }


def desk_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """The coordinators' desk, and who of the team is there."""
    desk, limits, scoring = of.desk, of.limits, of.scoring
    duty, staff = of.duty, of.staff
    return {
        on.Roster: desk.page,
        on.RosterOpen: desk.opened,
        on.Card: desk.card,
        on.CardClose: desk.put_away,
        on.Limits: limits.opened,
        on.PainLimit: limits.pain,
        on.Known: limits.known,
        on.LimitsDone: desk.card_again,
        on.Scores: scoring.opened,
        on.ScoresAgain: scoring.again,
        on.ScoreAsk: scoring.ask,
        on.ScoreTap: scoring.tapped,
        on.ScoreUndo: scoring.undo,
        on.DutyOpen: duty.opened,
        on.OnDuty: duty.switch,
        on.QuietHours: duty.quiet,
        on.HandAll: duty.hand_all,
        on.AuditPage: staff.audit_page,
        on.StaffOpen: staff.opened,
        on.StaffInvite: staff.invite,
        on.Member: staff.member,
        on.Remove: staff.remove,
    }


def profile_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """What a patient tells about themselves, can set, and names for themselves."""
    profile, lists = of.profile, of.lists
    return {
        on.Settings: profile.settings,
        on.Auras: profile.auras,
        on.Aura: profile.aura,
        on.NoAura: profile.no_aura,
        on.AuraOpen: profile.aura_open,
        on.AuraDone: profile.aura_done,
        on.AuraLong: profile.aura_long,
        on.Practices: profile.practices,
        on.Practice: profile.practice,
        on.Paces: profile.paces,
        on.Pace: profile.pace,
        on.Breaks: profile.breaks,
        on.Break: profile.take_break,
        on.BreakOver: profile.end_break,
        on.Languages: profile.languages,
        on.Speak: profile.speak,
        on.Lists: lists.list,
        on.AddOwn: lists.add,
        on.AddMedicine: lists.add_medicine,
        on.Own: lists.own,
        on.Rename: lists.rename,
        on.Usual: lists.usual,
        on.NoUsual: lists.no_usual,
        on.Classes: lists.classes,
        on.Class: lists.classify,
        on.PutAway: lists.put_away,
        on.PutBack: lists.put_back,
    }


def relay_taps(of: Handlers) -> Mapping[type[on.Payload], TapHandler[Any]]:
    """Words between a patient and the team."""
    relaying = of.relaying
    return {
        on.WriteTeam: relaying.ask_tapped,
        on.NeverMind: relaying.never_mind,
        on.AskSend: relaying.ask_send,
        on.SendNote: relaying.send_note,
        on.KeepBack: relaying.keep_back,
        on.RelaySeen: relaying.seen,
        on.RelayShow: relaying.show,
        on.AnswerToo: relaying.answer_too,
        on.AnswerDrop: relaying.answer_drop,
    }
