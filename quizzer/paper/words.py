"""The words that stand on paper besides those of the deck, in the languages quizzer has them in; English for all others."""

import msgspec

from quizzer.core.kinds import Match, Order

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    name: str
    group: str  # the class, as a school has them
    date: str
    points: str
    key: str
    version: str
    true: str
    false: str
    truth: str
    instructions: str
    order: str
    order_boxes: str
    match: str
    match_lines: str
    also: str
    as_of: str
    sources: str
    image: str
    fold: str
    cut: str


_WORDS = {
    "en": Words(
        name="Name",
        group="Class",
        date="Date",
        points="Points",
        key="Key",
        version="Version",
        true="True",
        false="False",
        truth="True or false?",
        instructions="Tick the box of the right answer. Where there are lines, write the answer.",
        order=Order(order=()).question,
        order_boxes="Write the numbers from 1 on into the boxes.",
        match=Match(match=()).question,
        match_lines="Write the letter of what goes with it on each line.",
        also="also right",
        as_of="as of",
        sources="Sources",
        image="Image",
        fold="Cut along the solid lines, fold along the dashed one.",
        cut="Print on both sides, turned over on the long edge. Cut along the lines.",
    ),
    "de": Words(
        name="Name",
        group="Klasse",
        date="Datum",
        points="Punkte",
        key="Lösungen",
        version="Fassung",
        true="Wahr",
        false="Falsch",
        truth="Wahr oder falsch?",
        instructions="Kreuze die richtige Antwort an. Wo Linien stehen, schreibe die Antwort auf.",
        order="Bringe in die richtige Reihenfolge.",
        order_boxes="Schreibe die Zahlen ab 1 in die Kästchen.",
        match="Ordne zu.",
        match_lines="Schreibe auf jede Linie den Buchstaben, der dazugehört.",
        also="auch richtig",
        as_of="Stand",
        sources="Quellen",
        image="Bild",
        fold="An den durchgezogenen Linien schneiden, an der gestrichelten falten.",
        cut="Beidseitig drucken, über die lange Kante gewendet. An den Linien schneiden.",
    ),
    "fr": Words(
        name="Nom",
        group="Classe",
        date="Date",
        points="Points",
        key="Corrigé",
        version="Version",
        true="Vrai",
        false="Faux",
        truth="Vrai ou faux ?",
        instructions="Coche la bonne réponse. Là où il y a des lignes, écris la réponse.",
        order="Mets dans le bon ordre.",
        order_boxes="Écris les numéros à partir de 1 dans les cases.",
        match="Associe.",
        match_lines="Écris sur chaque ligne la lettre qui convient.",
        also="juste aussi",
        as_of="état",
        sources="Sources",
        image="Image",
        fold="Couper le long des lignes pleines, plier le long de la ligne pointillée.",
        cut="Imprimer recto verso, retourné sur le bord long. Couper le long des lignes.",
    ),
    "es": Words(
        name="Nombre",
        group="Clase",
        date="Fecha",
        points="Puntos",
        key="Soluciones",
        version="Versión",
        true="Verdadero",
        false="Falso",
        truth="¿Verdadero o falso?",
        instructions="Marca la respuesta correcta. Donde hay líneas, escribe la respuesta.",
        order="Pon en el orden correcto.",
        order_boxes="Escribe en las casillas los números a partir del 1.",
        match="Relaciona.",
        match_lines="Escribe en cada línea la letra que corresponde.",
        also="también correcto",
        as_of="a fecha de",
        sources="Fuentes",
        image="Imagen",
        fold="Cortar por las líneas continuas, doblar por la discontinua.",
        cut="Imprimir a doble cara, girado por el borde largo. Cortar por las líneas.",
    ),
}
LANGUAGES = tuple(_WORDS)


def words_of(language: str) -> Words:
    """Return the words of a language, given as a BCP 47 tag."""
    return _WORDS.get(primary(language), _WORDS["en"])


def is_rtl(language: str) -> bool:
    """Whether the language is written from right to left."""
    return primary(language) in RIGHT_TO_LEFT


def primary(language: str) -> str:
    """Return the language of a BCP 47 tag: ``de`` of ``de-AT``."""
    return language.replace("_", "-").split("-")[0].lower()
