"""The words of R-SAY-1 (clinical rules, section 12) in every language, each under its id.

A pattern is what the English one means, not what its words translate to; they are read without
regard to case, a line at a time.
"""

from __future__ import annotations

_VERB = (
    r"\b(start|stop|skip|restart|increase|decrease|reduce|double|switch|change|repeat|taper)\w*"
)
_NOUN = r"\b\w*(medicin|medicat|drug|treatment|spray|infusion)\w*"
_UP_TO_4_WORDS = r"\W+(?:\S+\W+){0,4}?"

ENGLISH = {
    "W-DOSE": r"\d+([.,]\d+)?\s?(mg|mcg|µg|ml|puffs?|tablets?)\b|\bdos(e|es|age|ing)\b",
    "W-CHANGE": (
        f"{_VERB}{_UP_TO_4_WORDS}{_NOUN}|{_NOUN}{_UP_TO_4_WORDS}{_VERB}|stop on your own"
    ),
    "W-FIT": r"\b(fit|cleared|ready|okay?|eligible)\s+(for|to)\b",
    "W-DX": (
        r"diagnos|\byou (may )?(have|had|are having)\b.*(migraine|aura|overuse|stroke|depress)"
    ),
    "W-EFF": (
        r"\b(effective|works?|cure[sd]?|proven|will (help|improve)|responder)\b|guarantee|success"
    ),
    "W-SAFE": r"\bsafe(ly|ty)?\b|harmless|worry",
    "W-AVOID": r"\bavoid|\byou should|must not",
    "W-CAUSE": r"\bcaus|\btrigger|because of|due to|\bleads? to\b|\bprevents?\b",
    "W-WATCH": r"monitor|watch|24/7",
    "W-CALM": r"\b(normal|fine|benign|nothing serious)\b",
    "W-KET": r"ketamine.*(suicid|depress|%)",
}

_VERB_DE = (
    r"\b(beginn|anfang|fang|start|neustart|stopp|absetz|setz|aussetz|weglass|lass|auslass|"
    r"erhöh|steiger|senk|verringer|reduzier|verdoppel|wechs|umstell|stell|änder|veränder|"
    r"wiederhol|ausschleich|schleich)\w*"
)
_NOUN_DE = r"\b\w*(medikament|medizin|arznei|schmerzmittel|behandlung|therapie|spray|infusion)\w*"
_ILL_DE = r"(migräne|aura|übergebrauch|schlaganfall|depress)"

GERMAN = {
    "W-DOSE": (
        r"\d+([.,]\d+)?\s?(mg|mcg|µg|ml|milligramm|hub|hübe|sprühstöße?|tabletten?|tropfen)\b"
        r"|\bdos(is|en|ier)|\bdosen?\b"
    ),
    "W-CHANGE": (
        f"{_VERB_DE}{_UP_TO_4_WORDS}{_NOUN_DE}|{_NOUN_DE}{_UP_TO_4_WORDS}{_VERB_DE}"
        r"|auf eigene faust|eigenmächtig"
    ),
    "W-FIT": (
        r"\b(fit|bereit|geeignet|freigegeben|zugelassen|okay?)\s+(für|zu[mr]?)\b"
        r"|\b(für|zu[mr]?)\b.*\b(bereit|geeignet|freigegeben|zugelassen)\b"
    ),
    "W-DX": (
        rf"diagnos|\bsie ((könnten|können|dürften) )?(haben|hatten|leiden)\b.*{_ILL_DE}"
        rf"|\b(haben|hatten|leiden|könnten) sie\b.*{_ILL_DE}|\bsie könnten\b.*{_ILL_DE}"
        r"|\bbei ihnen liegt\b"
    ),
    "W-EFF": (
        r"\bwirk(t|en|te|ung|sam)|\bheil(t|en|ung)\b|\b(er|be)wiesen\b|\bwird\b.*\b(helfen|bessern)"
        r"|\bspricht (gut )?an\b|garant|\berfolg(?!t)"
    ),
    "W-SAFE": r"\bsicher(e[nrsm]?|heit)?\b|harmlos|ungefährlich|\bsorgen?\b|keine angst",
    "W-AVOID": r"\bvermeid|\bmeiden\b|\bsie sollt?en\b|\bsollt?en sie\b|dürfen (sie )?nicht",
    "W-CAUSE": (
        r"ursach|\bauslös|\btrigger|\bwegen\b|\baufgrund\b|\bführ(t|en) zu\b|\bverhinder|\bbeug"
        r"|\bvorbeug|\bliegt an\b|\bkommt von\b"
    ),
    "W-WATCH": r"überwach|beobacht|\bwach(t|en)\b|24/7",
    "W-CALM": (
        r"\b(normal\w*|unbedenklich\w*|gutartig\w*|nichts (ernstes|schlimmes)"
        r"|alles (gut|in ordnung))\b"
    ),
    "W-KET": r"ketamin.*(suizid|selbstmord|depress|%)",
}

_VERB_ES = (
    r"\b(empez|empiez|empiec|comenz|comienz|comienc|inici|dej|suspend|par(a|e|ar)\b|salt|omit|"
    r"reinici|reanud|aument|sub(a|e|ir)\b|disminu|baj|reduc|reduzc|dupli|dobl|cambi|repit|repet|"
    r"retir)\w*"
)
_NOUN_ES = r"\b\w*(medicament|medicina|medicaci|fármac|tratamient|spray|aerosol|infusi)\w*"
_ILL_ES = r"(migraña|jaqueca|aura|abuso|ictus|derrame|depres)"

SPANISH = {
    "W-DOSE": (
        r"\d+([.,]\d+)?\s?(mg|mcg|µg|ml|miligramos|pulverizaci\w+|inhalaci\w+|comprimidos?"
        r"|pastillas?|tabletas?|gotas)\b|\bdosis\b|\bdosific"
    ),
    "W-CHANGE": (
        f"{_VERB_ES}{_UP_TO_4_WORDS}{_NOUN_ES}|{_NOUN_ES}{_UP_TO_4_WORDS}{_VERB_ES}"
        r"|por su cuenta"
    ),
    "W-FIT": r"\b(list[oa]|apt[oa]|preparad[oa]|autorizad[oa]|en condiciones)\s+(para|de)\b",
    "W-DX": (
        r"diagn[óo]s|\b(usted )?(podría tener|puede tener|tiene|tuvo|ha tenido|sufre|padece)\b"
        rf".*{_ILL_ES}"
    ),
    "W-EFF": (
        r"\b(eficaz|eficaces|efectiv[oa]s?|funciona|cura[ns]?|demostrad[oa]|probad[oa])\b"
        r"|\b(va a|le) (ayudar|mejorar)|\b(ayudará|mejorará)\b|garant|éxito"
    ),
    "W-SAFE": r"\bsegur(o|a|os|as|idad|amente)\b|inofensiv|\bno se preocupe|\btranquil",
    "W-AVOID": r"\bevit|\b(usted )?deber?ía\b|\bno debe\b",
    "W-CAUSE": (
        r"\bcaus|desencaden|\bdispar|\bdebido a\b|\ba causa de\b|\bprovoc|\blleva a\b|\bprevien"
        r"|\bpreven(ir|ción)"
    ),
    "W-WATCH": r"vigil|monitor|supervis|24/7|24 horas al día",
    "W-CALM": r"\b(normal(es|mente)?|benign[oa]s?|nada (grave|serio)|todo bien)\b",
    "W-KET": r"ketamina.*(suicid|depres|%)",
}

NEVER = {"en": ENGLISH, "es": SPANISH, "de": GERMAN}

PRIVATE = {
    "en": r"headache|migraine|pain|aura|infusion|ketamin|answer|medicin",
    "es": r"dolor|cabeza|migraña|jaqueca|\baura|infusi|ketamin|respuest|medic|crisis|ataque",
    "de": (
        r"kopfschmerz|kopfweh|migräne|schmerz|\baura|infusion|ketamin|antwort|medikament|medizin"
        r"|attacke|anfall"
    ),
}
"""What a lock screen does not show: words of illness or treatment."""
