from __future__ import annotations

import pytest

from care.crisis import Crisis, stated
from care.crisis_words import WORDS

HARM = """
I want to die
i just want to die
I want to die of this pain
I wanna die
I wannnna diiiie
I WANT TO DIE!!!
Sometimes I wish I was dead.
I wish I were dead
I wish I'd never been born
I wish I could just not wake up
I would rather be dead than have another day like this
I'd be better off dead
They would be better off without me
I feel like dying
I hope I don't wake up
I just want to go to sleep and never wake up
I don't want to live anymore
I don`t want to be alive
I don't want to be here anymore
I do not want to live like this
I can't live like this
I cant go on like this
I can't go on
I'm tired of living
I am sick of being alive
There is no reason to live
I see no point in going on
I have nothing left to live for
my life is not worth living
I can't take this any more
I can't do this anymore.
I want it all to end
Nobody would miss me
I have thoughts of killing myself
I don't want to kill myself
I don't want to kill my self but I think about it
sometimes I think about ending my life
I think about ending it
I want to end it all
thoughts of suicide again
feeling suicidal
I am not suicidal
sucidal thoughts
su1c1dal
s u i c i d e
s.u.i.c.i.d.e
I wanna kms
want to kms
unalive
I keep thinking about self-harm
I want to hurt myself
I've been cutting myself
I want to harm myself
My migraine is so bad that I want to die
No puedo dormir, I want to die

Quiero morir
Me quiero morir
me quiero morir de este dolor
Quiero morirme
kiero morir
No quiero vivir así
Ya no quiero vivir
No quiero seguir viviendo
No puedo seguir así
no puedo vivir así
No puedo más.
Ya no aguanto más este dolor
Tengo ganas de morirme
No tengo ganas de vivir
Ojalá me muera
Ojalá no despertara
Quisiera estar muerta
Estarían mejor sin mí
Estoy cansada de vivir
La vida no tiene sentido
Quiero desaparecer
No quiero despertar
Pienso en el suicidio
pensamientos suicidas
No quiero suicidarme
Me quiero matar
Pienso en matarme
Quiero quitarme la vida
Quiero acabar con todo
quiero hacerme daño
No tengo motivos para seguir

Ich will sterben
Ich möchte sterben
ich moechte einfach nur sterben
Vor Schmerz will ich nur noch sterben
Ich wünschte, ich wäre tot
Wäre ich doch tot
Ich wäre lieber tot
Am liebsten wäre ich tot
Ich will nicht mehr leben
Ich möchte so nicht weiterleben
So kann ich nicht leben
Ich kann so nicht mehr weitermachen
Ich kann nicht mehr.
Ich halte das nicht mehr aus
Ich will nicht mehr aufwachen
Einschlafen und nie wieder aufwachen
Ich bin lebensmüde
Mein Leben hat keinen Sinn mehr
Ich sehe keinen Ausweg mehr
Ich habe keine Lust mehr zu leben
Ohne mich wären alle besser dran
Ich denke an Selbstmord
Suizidgedanken
suizid gedanken
Ich will mich umbringen
ich bring mich um
Ich will mich nicht umbringen
Ich denke daran, mich umzubringen
Ich will mich töten
ich will mich toeten
Ich will mir das Leben nehmen
Ich könnte mir etwas antun
Ich will mich verletzen
Ich will mich ritzen
Ich will allem ein Ende machen
"""

PLAN = """
I'm going to kill myself
I will kill myself tonight
I am going to end it tonight
I want to die tonight
I dont want to wake up tomorrow
I want to die. I have saved all my pills. I want to take all of them
I want to kill myself with a gun
I thought about killing myself, I have a plan
I know how I would kill myself
I want to hang myself
I'm thinking of jumping off a bridge
I could jump in front of a train
I wrote a suicide note
I wrote my goodbye letter
I want to die and I have enough pills
thinking about taking all my tablets: I want to take all my tablets
I decided to end my life
I tried to kill myself
I bought a gun
This is my last day
I will be dead soon, I'm gonna be dead tomorrow
I want to slit my wrists

Voy a matarme
Me voy a matar esta noche
Quiero morir esta noche
voy a acabar con todo
Voy a quitarme la vida
Quiero tirarme por la ventana
Quiero tomarme todas las pastillas
Escribí una carta de despedida
Quiero cortarme las venas
Pienso en ahorcarme
Tengo un plan para suicidarme
Mañana me mato. Me voy a suicidar

Ich werde mich umbringen
Ich bringe mich heute Nacht um
Ich will heute Nacht sterben
Ich springe von der Brücke
Ich werfe mich vor den Zug
Ich will alle Tabletten schlucken
Ich habe einen Abschiedsbrief geschrieben
Ich will mich erhängen
Ich habe beschlossen, mich umzubringen
Ich will mir die Pulsadern aufschneiden
Ich will sterben, ich habe genug Tabletten gesammelt
"""

ORDINARY = """
This headache is killing me
killing headache all day
My head is killing me today
Dead tired
I was dead to the world all afternoon
I died a little when the alarm went off
I am dying for a coffee
dying of thirst after the infusion
I slept like the dead
My phone died
The deadline at work was today
Is it a suicide headache, like cluster?
My neighbour died last week
I don't want to wake up early tomorrow
I want the pain to stop
I want to end the attack now
I want to be here for the infusion
I can't take ibuprofen any more
I can't take triptans
I can't go on holiday with this
I can't go on the bus
I took all my pills today as usual
Took my pills at 8, headache gone at 10
I take my life one day at a time? No hurry
I have a plan for the weekend
I fell and hurt my knee
I cut my finger while cooking
The light hurts
Walked 5 kms
Over the worst of it
Is overuse of triptans dangerous?
Medication overuse headache
I ended my walk early
It was too much, I had to lie down
Migraine with aura, no vision for 20 minutes
I'm scared that I will faint
I felt like death
better without coffee
Hopefully better tomorrow
The train was too loud
I do not want to go out today
My mother worries about me

Este dolor me mata
El dolor me va a matar
Me muero de hambre
Estoy muerta de cansancio
muerto de cansancio
Me muero de ganas de verte
Me duele la cabeza desde esta mañana
Tomé todas mis pastillas hoy
No puedo más con la luz
No puedo dormir
No aguanto la luz
No puedo seguir trabajando hoy
Quiero dormir
Mejor sin café
Mañana tengo la infusión
Caminé 5 kms
cefalea suicida dicen algunos
Quiero que pare el dolor

Die Migräne war stark
die Kopfschmerzen bringen mich um
Der Kopfschmerz bringt mich um
Diese Migräne wird mich noch umbringen
todmüde
Ich bin todmüde und will schlafen
sterbensmüde nach der Infusion
Todesangst hatte ich nicht
Hatte Todesangst in der Röhre
Ich kann nicht mehr schlafen
Ich kann das Licht nicht mehr sehen
Ich kann nicht mehr als zwei Tabletten nehmen
Ich will nicht mehr so viel arbeiten
Mein Handy ist tot
Heute Morgen war es besser
Ich nehme die Tabletten wie immer
Ich kann heute nicht aufstehen
Ich bin vor dem Bus gestürzt
Es war laut im Zug
Besser ohne Kaffee
Suizidkopfschmerz nennen manche den Cluster
Der Tag war totaler Stress
Ich mag nicht mehr reden
Ich war gestern lieber zu Hause
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("text", lines(HARM))
def test_words_of_harm_are_caught(text: str) -> None:  # R-SUI-1
    assert stated(text) is Crisis.HARM


@pytest.mark.parametrize("text", lines(PLAN))
def test_a_plan_a_means_or_a_time_is_more(text: str) -> None:  # R-SUI-2
    assert stated(text) is Crisis.PLAN


@pytest.mark.parametrize("text", lines(ORDINARY))
def test_ordinary_talk_of_pain_is_not_caught(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "👍", "\u200b", "12", "a\x00b"])
def test_nothing_is_read_into_nothing(text: str) -> None:
    assert stated(text) is None


def test_words_hidden_by_signs_are_caught() -> None:
    assert stated("I want to d\u200bie") is Crisis.HARM
    assert stated("🖤I-want-to-die🖤") is Crisis.HARM
    assert stated("I don\u2019t want to be alive") is Crisis.HARM
    assert stated("\uff29 want to \uff44ie") is Crisis.HARM
    assert stated("I *want* _to_ die") is Crisis.HARM


def test_a_detail_counts_in_its_own_sentence_only() -> None:
    assert stated("I took my pills at 8. I want to die of this pain.") is Crisis.HARM
    assert stated("See you tomorrow.\nI wish I was dead") is Crisis.HARM


def test_what_is_caught_in_the_middle_of_a_long_text() -> None:
    filler = "The light hurt and the stairs were hard. " * 60

    assert stated(f"{filler}I want to die. {filler}") is Crisis.HARM


def test_every_language_has_every_part() -> None:
    for words in WORDS.values():
        assert words.harm
        assert words.plan
        assert words.details
        assert words.ordinary
