"""The forms of Portuguese verbs, as people type them, from the infinitive."""

from collections.abc import Iterator

# Third persons, and the first of the singular where it differs; second persons are hardly typed.
_ENDINGS = {
    "a": "o a am amos ei ou aram ava avam ará arão arei aria ariam ara asse assem ar arem ando ado ada",
    "e": "o e em emos i eu eram ia iam erá erão erei eria eriam esse essem er erem endo ido ida",
    "i": "o e em imos i iu iram ia iam irá irão irei iria iriam isse issem ir irem indo ido ida",
}
_SUBJUNCTIVE = {"a": "e em emos", "e": "a am amos", "i": "a am amos"}
# How a stem is written before the vowel of the other kind: publicar, publique; proteger, proteja.
_BEFORE_E = {"c": "qu", "ç": "c", "g": "gu"}
_BEFORE_A = {"gu": "g", "c": "ç", "g": "j"}

# What rules do not tell, by the end of the infinitive. “~” is what stands before that end.
_IRREGULAR = {
    "fazer": "~faço ~faz ~fazem ~faça ~façam ~fez ~fizeram ~fizer ~fizerem ~fizesse ~fará ~farão "
    "~faria ~feito ~feita",
    "trazer": "~trago ~traz ~traga ~tragam ~trouxe ~trouxeram ~trouxer ~trouxesse ~trará ~traria",
    "ter": "~tenho ~tém ~têm ~tenha ~tenham ~teve ~tiveram ~tinha ~tinham ~tiver ~tivesse",
    "rever": "~revejo ~revê ~reveem ~reveja ~revejam ~reviu ~reviram ~revir ~revisto ~revista",
    "prever": "~prevejo ~prevê ~preveem ~preveja ~prevejam ~previu ~previram ~previr ~previsto",
    "prover": "~provejo ~provê ~proveem ~proveja ~provejam",
    "ler": "~leio ~lê ~leem ~leia ~leiam",
    "medir": "~meço ~meça ~meçam",
    "pedir": "~peço ~peça ~peçam",
    "ouvir": "~ouço ~ouça ~ouçam",
    "perder": "~perco ~perca ~percam",
    "requerer": "~requeiro ~requeira ~requeiram",
    "por": "~ponho ~põe ~põem ~punha ~punham ~pôs ~puseram ~puser ~pusesse ~ponha ~ponham ~porá ~porão "
    "~poria ~pondo ~posto ~posta",
    "construir": "~constrói ~constroem",
    "fugir": "~foge ~fogem",
    "consumir": "~consome ~consomem",
    "adquirir": "~adquiriu",
    "mediar": "~medeia ~medeiam",
}
# Beside the regular participle, or in its place.
_PARTICIPLES = {
    "abrir": "aberto",
    "aceitar": "aceito",
    "cobrir": "coberto",
    "concluir": "concluso",
    "corrigir": "correto",
    "eleger": "eleito",
    "entregar": "entregue",
    "escrever": "escrito",
    "expor": "exposto",
    "extinguir": "extinto",
    "fazer": "feito",
    "gastar": "gasto",
    "imprimir": "impresso",
    "inscrever": "inscrito",
    "limpar": "limpo",
    "morrer": "morto",
    "pagar": "pago paga",
    "por": "posto",
    "prever": "previsto",
    "rever": "revisto",
    "suspender": "suspenso",
}
_ONLY_IRREGULAR = ("abrir", "cobrir", "escrever", "fazer", "por", "prever", "rever")


def conjugated(verb: str) -> Iterator[str]:
    """The forms of `verb` that people type."""
    yield verb
    yield from told_by(verb)
    for end, forms in _IRREGULAR.items():
        if verb.endswith(end):
            yield from forms.replace("~", verb.removesuffix(end)).split()
    stem, vowel = verb[:-2], verb[-2]
    if vowel not in _ENDINGS:
        return
    for ending in _ENDINGS[vowel].split():
        yield stem + ending
    for before in _before_the_other_vowel(stem, vowel):
        for ending in _SUBJUNCTIVE[vowel].split():
            yield before + ending
        yield before + ("ei" if vowel == "a" else "o")
    if verb.endswith("ear"):
        yield from (f"{stem}i{ending}" for ending in ("o", "a", "am", "e", "em"))
    if verb.endswith("uir"):
        yield from (stem + ending for ending in ("i", "em", "ído", "ída", "íram"))
    if verb.endswith("uzir"):
        yield stem


def _before_the_other_vowel(stem: str, vowel: str) -> Iterator[str]:
    changes = _BEFORE_E if vowel == "a" else _BEFORE_A
    last = next((end for end in changes if stem.endswith(end)), "")
    written = stem.removesuffix(last) + changes[last] if last else stem
    yield written
    if vowel == "i":  # servir, sirva; cobrir, cubra
        at = max(written.rfind(each) for each in "aeiou")
        if at >= 0 and written[at] in "eo":
            yield f"{written[:at]}{'i' if written[at] == 'e' else 'u'}{written[at + 1 :]}"


def told_by(verb: str) -> Iterator[str]:
    """The forms of `verb` that texts have most, beside the infinitive: participles and gerund."""
    for irregular, forms in _PARTICIPLES.items():
        if verb.endswith(irregular):
            yield from (verb.removesuffix(irregular) + form for form in forms.split())
    stem, vowel = verb[:-2], verb[-2]
    if not verb.endswith(_ONLY_IRREGULAR):
        participle = {"a": "ado", "e": "ido", "i": "ído" if stem.endswith(("u", "a")) else "ido"}
        yield stem + participle[vowel]
    yield stem + {"a": "ando", "e": "endo", "i": "indo", "o": "ondo"}[vowel]
