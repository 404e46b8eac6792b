"""The words of the crisis net, for each language: a table that a clinician can read and change.

How to read a line. Everything is small letters without accents, apostrophes left out ("cant"),
and "." stands for the end of a sentence.

    (a|b)   one of these           die*    die, dies, died and so on
    (a )?   may be left out        a .. b  at most one word between; with three dots, three
    <want>  one of the words that the language's `families` list under this name

`harm` lets the card be shown. `plan` says by itself that somebody is set on it or knows how.
`details` say so only in the same sentence as words of harm: a means, a time, a decision.
`ordinary` is taken out before anything is looked for, because it means something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Words:
    """What people who speak one language write."""

    families: Mapping[str, str]
    harm: tuple[str, ...]
    plan: tuple[str, ...]
    details: tuple[str, ...]
    ordinary: tuple[str, ...]


_ENGLISH = Words(
    families={
        "want": "want to|wants to|wanted to|wanting to|wanna|wana|want 2|wish to|need to",
        "prefer": "rather|prefer to|like to|love to|ready to|hope to|going to be ready to",
        "dont": "dont|do not|didnt|did not|not|never|no longer|doesnt",
        "cant": "cant|cannot|can not|couldnt|can no longer|cant even",
        "myself": "myself|my self|meself|myslef|mysef|mself|my own self",
        "anymore": "any more|anymore|any longer|no more|nomore",
        "going": "going to|gonna|will|ill|imma|ima|about to|planning to|planned to|plan to",
        "decided": "decided to|intend to|trying to|tried to|thought about|thinking of",
        "take": "take|taking|took|swallow|swallowing|swallowed|saved|saving|hoarding|all",
        "hurt": "hurt|hurting|cut|cutting|injure",
        "pills": "pill|pills|tablet|tablets|meds|medicine|medicines|medication|insulin",
        "edge": "bridge|roof|building|balcony|cliff|window",
        "traffic": "train|trains|bus|truck|lorry|traffic|car|cars",
    },
    harm=(
        # a wish to be dead
        "(<want>|<prefer>) .. (die|be dead|be gone forever|stop existing|disappear forever)",
        "(want|wish|like) die",
        "rather .. dead",
        "(wish|wished) i (was|were|am|would be|could be) .. (dead|gone|never born)",
        "(wish|wished) i (could|would|did|had) .. (die|died|vanish|not wake up)",
        "(wish|wished) (i|id) (.. )?(never|not|wasnt|werent) (been |was |were )?(born|alive|here)",
        "better (off )?(dead|without me)",
        "better if i (was|were|am|wasnt|werent) .. (dead|gone|here|alive)",
        "((feel|feeling|felt) like dying|i could just die|death wish)",
        "(want|wish|hope|hoping|pray) ... (not|never|dont|wont|do not|will not) .. wake up",
        "sleep and (not|never|dont|do not) .. wake up",
        # not wanting to live
        "<dont> (<want>) .. (live|be alive|exist|be here|keep living|go on|carry on)",
        "<dont> (<want>) .. (continue living|be on this earth|be in this world)",
        "<dont> (<want>) .. wake up (again|<anymore>|ever|tomorrow|.)",
        "(tired of|sick of|weary of|done with|hate|give up on) (my )?(life|living|being alive)",
        "(no|any|a) .. (reason|point) (to|in|for me to) .. (live|living|be alive|being alive)",
        "(no|any|a) .. (reason|point) (to|in) (go on|going on|carry on|carrying on|keep going)",
        "nothing .. to live for",
        "(not|isnt|no longer|nothing) worth living",
        "life (is not|isnt) worth",
        "<cant> (live|go on|carry on|keep living|keep going) (like|with) this",
        "<cant> (live|go on|carry on|keep going) (living|this way|<anymore>|.)",
        "<cant> (take|do|bear|stand|endure) (it|this|this pain|the pain) (<anymore>)",
        "(want|wanted|wanna|wish) (it all|everything|all of this) (to )?(end|stop|be over)",
        "(nobody|no one|noone) (would|will) miss me",
        "no (other )?way out",
        "(wont|will not|not) be around (much )?(any )?longer",
        # by one's own hand
        "(kill|kills|killed|killing|kil|kiling) (<myself>)",
        "(end|ends|ended|ending) my .. life",
        "(end|ending|ended) (it all|everything)",
        "(<want>|(think|thought|thinking) (of|about)) .. (end|ending) it",
        "(take|takes|taking|took|taken) my (own )?life",
        "suicid*",
        "(sucide|suiside|suicde|suacide|sucidal|suisidal|suicial|sewerslide|unalive|unaliving)",
        "(<want>|<going>|might|could|should|just) kms",
        "(self harm*|selfharm*|self injur*)",
        "(harm|harming|harmed) (<myself>)",
        "(<want>|urge to|urges to|feel like|afraid i|scared i|might|could) .. <hurt> (<myself>)",
        "(think*|thought*|afraid|scared) (of|about|to|ill|i will) .. <hurt> (<myself>)",
        "(cutting|burning) (<myself>)",
    ),
    plan=(
        "(<going>|<decided>) .. (kill|end|hang|shoot|drown|harm|hurt|cut) (<myself>)",
        "(<going>|<decided>) .. (killing|hanging|shooting|drowning) (<myself>) (tonight|today)",
        "(<going>|<decided>) .. (end it|end it all|end my life|overdose|kms|take my own life)",
        "(<going>|<decided>) .. (commit suicide|die by suicide)",
        "(hang|hanging|shoot|shooting|drown|drowning|poison|poisoning|stab) (<myself>)",
        "(slit|slitting|cut|cutting) my (wrist|wrists|throat)",
        "(jump|jumping|throw myself|step) (off|from|out of) (a |the |my )?(<edge>)",
        "(jump|jumping|throw myself|step) (in front of|under|into) (a |the )?(<traffic>)",
        "(drive|crash|walk) (my car )?(off|into|in front of) (a |the )?(<edge>|<traffic>|tree)",
        "(suicide by|(suicide|goodbye|farewell) (note|letter|plan))",
        "(<want>|<going>|<decided>|could|might) .. <take> (all|every|enough|too many)",
        "(<want>|<going>|<decided>|could|might) .. <take> (a|the) (whole |entire )?bottle",
        "(bought|got|have|found|loaded|loading) (a|the|my) (gun|rope|noose|pistol)",
        "(this is|it is|its) my (last|final) (day|night|message|goodbye)",
        "goodbye (forever|everyone|everybody|world)",
        "(going to|gonna) be dead (by|soon|tomorrow|tonight)",
    ),
    details=(
        "(tonight|tomorrow|right now|now .|soon)",
        "this (evening|weekend|week|afternoon)",
        "next (week|month|weekend)",
        "in (an|one|a few|two|three|some) (hour|hours|minutes)",
        "(<take>|enough) ... (<pills>)",
        "(gun|rope|knife|blade|razor|noose|poison|pistol|bridge|cliff|roof|balcony|overdos*)",
        "(in front of|under) (a|the) (<traffic>)",
        "(plan|plans|planned|planning|decided|prepared)",
        "(know|figured out|looked up|googled) how",
    ),
    ordinary=(
        "suicide (headache|headaches|disease)",
        "(take|taking) my life (one|day by)",
        "(dying|die) (for (a|an|some)|of thirst|of hunger|of laughter|laughing)",
    ),
)

_SPANISH = Words(
    families={
        "quiero": "quiero|kiero|qiero|queria|quisiera|querria|deseo|prefiero|preferiria",
        "matarme": "matarme|matarm|suicidarme|ahorcarme|colgarme|quitarme la vida|quitarme de",
        "todo": "todo|mi vida|esta vida|la vida",
        "dolor": "este dolor|el dolor|tanto dolor|esta vida",
        "salto": "tirarme|lanzarme|arrojarme|saltar",
        "altura": "ventana|balcon|puente|tren|metro|azotea|tejado|vacio|vias|edificio",
        "pastillas": "pastillas|pildoras|medicinas|medicamentos|medicacion|insulina",
    },
    harm=(
        # a wish to be dead
        "(<quiero>|gustaria|necesito) .. (morir|morirme|estar muert*)",
        "(me|m) (<quiero>|gustaria) .. morir",
        "(ganas|deseo|deseos|ansias) de (morir|morirme|matarme|desaparecer)",
        "(ojala|quisiera|deseo) (que )?(.. )?(me )?(muera|muriera|muriese)",
        "(ojala|quisiera|deseo) (que )?(.. )?(estuviera|estuviese) muert*",
        "ojala (.. )?no (despierte|despertara|hubiera nacido|existiera)",
        "(mejor|mejores) (estar )?(muert*|sin mi)",
        "(<quiero>|ganas de) .. (desaparecer|dejar de existir|dejar de vivir)",
        "(<quiero>) (irme de este mundo|dormir para siempre)",
        "no (volver a )?(despertar|despertarme) (mas|nunca|jamas|.)",
        "no haber nacido",
        # not wanting to live
        "(no|ya no|nunca) (<quiero>) .. (vivir|seguir viviendo|seguir viv*|existir|estar viv*)",
        "(no|ya no|nunca) (<quiero>) .. (estar aqui|despertar|despertarme|esta vida|mi vida)",
        "no (quiero|puedo) seguir (asi|viviendo|adelante|.)",
        "no (puedo|se puede|quiero) vivir (asi|mas|con esto|con este dolor)",
        "(no|ni|sin) (tengo |hay |veo )?(las |mas )?(ganas|fuerzas) (de|para) (vivir|seguir)",
        "(no|ni|sin) (tengo |hay |veo )?(.. )?(razon|razones|motivo|motivos) para (vivir|seguir)",
        "(no vale la pena|no tiene sentido|para que) (vivir|seguir|la vida|mi vida)",
        "(la|mi) vida (ya )?no (vale|tiene sentido|merece)",
        "(cansad*|hart*) (de|d) (vivir|la vida|esta vida|mi vida|estar viv*)",
        "no (puedo|aguanto|soporto|resisto) mas (.|<dolor>)",
        "no (lo|la) (aguanto|soporto|resisto) mas",
        "(odio|detesto) (vivir|mi vida|la vida)",
        "no (veo|hay|encuentro) (otra )?salida",
        "nadie me (extranaria|echaria de menos|va a extranar)",
        # by one's own hand
        "(<matarme>|si me mato|y me mato|me mato .)",
        "me (voy a|<quiero>|podria) .. (matar|suicidar)",
        "(suicid*|suisid*|suicd*|zuicid*)",
        "(quitar|quitarm|quito) (me )?(la vida|del medio|de en medio)",
        "(acabar|terminar|acabo|termino) con (<todo>)",
        "(poner|ponerle|pongo) fin a (<todo>)",
        "(hacerme|me hago|me hice|me haga) (dano|algo malo)",
        "(lastimarme|herirme|autolesion*|cortandome)",
        "(<quiero>|ganas de|pienso en|voy a) cortarme",
    ),
    plan=(
        "(voy a|planeo|he decidido|decidi|intente|intentado|estoy por) .. (<matarme>)",
        "(voy a|planeo|he decidido|decidi) .. (acabar|terminar) con (<todo>)",
        "me (voy a|vamos a) .. (matar|suicidar|ahorcar|colgar)",
        "me (matare|suicidare|ahorcare|colgare|quitare la vida)",
        "(ahorcarme|colgarme|envenenarme|pegarme un tiro|dispararme)",
        "cortarme (las venas|las munecas|el cuello)",
        "(<salto>|me tiro|me lanzo) (por|de|del|desde|al|a) ... (<altura>)",
        "(me voy a|quiero) (tirar|lanzar) (por|de|del|desde|al|a) ... (<altura>)",
        "(tomarme|tomar|tragarme|tragar) (todas|todo el frasco|un frasco|toda la caja|demasiadas)",
        "(carta|nota) (de despedida|de suicidio|suicida)",
        "(tengo|compre|he comprado|consegui) (una|la) (pistola|soga)",
        "adios (para siempre|a todos|mundo)",
        "(es|sera) mi (ultimo dia|ultima noche|ultimo mensaje)",
    ),
    details=(
        "(esta noche|esta tarde|hoy mismo|ahora mismo|manana|pronto|este fin de semana)",
        "(en|dentro de) (una|unas|dos|tres) horas",
        "(tomar*|tragar*|guard*|todas) ... (<pastillas>)",
        "(pistola|soga|cuchillo|navaja|veneno|puente|azotea|balcon|sobredosis|cuchilla)",
        "(ahorc*|vias del tren|delante del tren|al metro)",
        "(plan|planeado|planeo|decidido|decidi|preparado|preparada|se como)",
    ),
    ordinary=(
        "(cefalea|cefaleas|cabeza) suicida*",
        "(cefalea|cefaleas|enfermedad) del suicidio",
        "(esta|por la|la|cada|de la|toda la) manana",
    ),
)

_GERMAN = Words(
    families={
        "will": "will|wil|wollte|mochte|moechte|wurde|wunsche mir|wunsche|mag",
        "waere": "ware|war|wunschte ich ware|wunschte ich war|wunschte",
        "tot": "tot|tod|gestorben|nicht mehr da|nicht mehr am leben",
        "leben": "leben|weiterleben|weiter leben|existieren|aufwachen|da sein|hier sein",
        "nicht": "nicht|nimmer|nie|nicht mehr|nie mehr|nie wieder",
        "schmerz": "den schmerz|diesen schmerz|die schmerzen|diese schmerzen",
        "umbringen": "umbringen|umzubringen|umbringe|umgebracht|toten|zu toten|tote",
        "erhaengen": "erhangen|aufhangen|erschiessen|ertranken|vergiften|erstechen",
        "bruecke": "brucke|dach|balkon|hochhaus|fenster|turm",
        "zug": "zug|bahn|u bahn|s bahn|strassenbahn|lkw|lastwagen|bus|auto",
        "pillen": "tabletten|pillen|medikamente|schlaftabletten|packung|schachtel|insulin",
    },
    harm=(
        # a wish to be dead
        "(<will>) ... (sterben|tot sein|tod sein|fur immer weg sein)",
        "(sterben|tot sein) (<will>|wollen|durfen|durfte|konnte)",
        "(lieber|besser|liebsten) .. (tot|sterben)",
        "(<waere>) ich (.. )?(.. )?(<tot>)",
        "ich (.. )?(<waere>) (.. )?(.. )?(<tot>)",
        "(nie|nicht) geboren (worden|ware|.)",
        "(todeswunsch|sterbewunsch|todessehnsucht|todesgedanken)",
        "(ohne mich (.. )?(.. )?besser|besser (dran )?ohne mich)",
        "(<nicht>) (aufwachen|aufzuwachen)",
        "(fur immer einschlafen|einschlafen und (<nicht>))",
        # not wanting to live
        "(<nicht>) (<leben>) (will|mochte|wollen|kann|mag|.)",
        "(<will>|kann) ... (<nicht>) (so |mehr )?(<leben>)",
        "(<will>|kann) (ich )?so nicht (mehr |langer )?(weiter|weitermachen|<leben>)",
        "so (<will>|kann) ich nicht (mehr |langer )?(weiter|weitermachen|<leben>)",
        "(ich kann|kann ich|ich will|ich mag) (.. )?(nicht|nimmer) mehr .",
        "(halte|halt|ertrage) (ich )?(es|das|<schmerz>) .. nicht (mehr|langer)",
        "(kein|keinen|keine|ohne) (grund|sinn|lust|kraft) .. (zu|zum|am|auf|auf das) leben",
        "(kein|keinen|keine) (grund|sinn|lust) .. (weiterzuleben|weiterleben)",
        "leben (hat|macht|ergibt) (fur mich )?(.. )?(keinen|kein) (.. )?sinn",
        "(nicht|nichts) (mehr )?lebenswert",
        "(lebensmude|lebensuberdruss|lebensuberdrussig)",
        "(hasse|satt) (mein|das|dieses) leben",
        "(keinen|kein) (anderen )?ausweg",
        "(keiner|niemand) (wurde|wird) mich vermissen",
        # by one's own hand
        "mich (.. )?(<umbringen>)",
        "(bring|bringe) (ich )?mich (.. )?um",
        "(selbstmord*|selbsmord*|selbstmort*|freitod*|selbsttot*|selbst toten)",
        "(suizid*|suicid*|sucid*|suzid*|suizit*)",
        "(mir|mich) ... das leben (zu )?nehm*",
        "(nehme|nehm) (ich )?mir (.. )?das leben",
        "leben (ein ende|beenden|zu beenden)",
        "(allem ein ende|mit (allem|dem leben|meinem leben) schluss)",
        "schluss (machen |mache |zu machen )?mit (allem|dem leben|meinem leben)",
        "mir (.. )?(was|etwas) (.. )?(antun|anzutun|antue)",
        "(selbstverletz*|selbst verletz*|selbstschadig*)",
        "mich (selbst |selber )?(verletzen|zu verletzen|ritzen|zu ritzen|schneiden|ritze)",
        "(ritze|ritz) mich",
    ),
    plan=(
        "(werde|werd|plane|beschlossen|entschieden|versucht) ... (<umbringen>|suizid|selbstmord)",
        "(werde|werd|beschlossen|entschieden) ... (das leben|schluss) (zu )?(nehm*|machen)",
        "(bring|bringe) mich (heute|morgen|jetzt|bald|gleich|nachher|noch) .. um",
        "mich (.. )?(<erhaengen>|aufzuhangen|zu erhangen|zu erschiessen)",
        "(hang|hange|erhange|erschiesse|vergifte) mich( auf)?",
        "vor (den|einen|die|eine|nen) (<zug>)",
        "(pulsadern|pulsader)",
        "(abschiedsbrief|abschiedsbriefe|abschiedsnachricht)",
        "(von|vom|aus) (der |einer |einem |dem )?(<bruecke>) (.. )?(spring*|sturz*|zu springen)",
        "(spring|springe|sturze) (.. )?(von|vom|aus) (der |einer |einem |dem )?(<bruecke>)",
        "(alle|ganze|alle meine|zu viele) (<pillen>) (.. )?(schluck*|einwerfen|auf einmal)",
        "mein (letzter|letzte) (tag|nacht|nachricht|abend)",
        "(habe|hab) (eine|nen|einen|die) (pistole|waffe|strick|seil) (gekauft|besorgt|bereit)",
    ),
    details=(
        "(heute nacht|heute abend|heute noch|noch heute|morgen|jetzt|bald)",
        "(am wochenende|dieses wochenende|nachste woche|diese woche)",
        "in (einer|zwei|ein paar) stunden",
        "(alle|schluck*|gesammelt|genug) ... (<pillen>)",
        "(pistole|waffe|strick|seil|messer|klinge|rasierklinge|gift|brucke|hochhaus|gleise)",
        "(uberdosis|plan|plane|geplant|beschlossen|entschieden|vorbereitet|vorgenommen)",
        "weiss (.. )?wie",
    ),
    ordinary=(
        "(wird|werden) mich (noch |irgendwann |eines tages )?(umbringen|toten)",
        "(suizidkopfschmerz*|suizid kopfschmerz*|selbstmordkopfschmerz*)",
        "(am|heute|jeden|guten|gestern) morgen",
    ),
)

WORDS: Mapping[str, Words] = {"en": _ENGLISH, "es": _SPANISH, "de": _GERMAN}
"""A text is looked at in all of them, whatever language its writer has chosen."""
