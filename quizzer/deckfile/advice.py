"""The codes of how questions are written: options (1) and truth (2). Nearly all are warnings, and advice.

Those of whose complaints more than one in five is unfounded, or that are a matter of taste, are off unless asked for.
"""

from quizzer.deckfile.code import GOOD, Code


def _many(*questions: str) -> str:
    return "\n".join(f"- {{id: q{number}, {question}}}" for number, question in enumerate(questions, start=1))


_LONGEST = _many(
    *(
        f"question: Why was {name} built?, answer: To {why}, distractors: [For fun, To rest]"
        for name, why in {
            "Fram": "drift",
            "Gjoa": "explore",
            "Mayflower": "trade",
            "Titanic": "travel",
            "Vasa": "fight",
            "Victory": "win it",
        }.items()
    )
)
_TRUE = _many(
    *(
        f"statement: {name} has more than one city., answer: true"
        for name in ("Peru", "Chile", "Cuba", "Iran", "Laos", "Mali", "Oman", "Togo")
    )
)

ADVICE: dict[str, Code] = {
    "Q101": Code(
        "all of the above",
        "Who sees that two options are right need not know the third.",
        GOOD + ", distractors: [Cusco, All of the above]}",
        "warning",
    ),
    "Q102": Code(
        "none of the above", "Tests knowing what is wrong, not what is right.", GOOD + ", distractors: [Cusco, None of these]}", "warning"
    ),
    "Q103": Code(
        "options made of options",
        "Options have no letters of their own: they are shuffled, so `A and C` means nothing. Ask for a list instead.",
        GOOD + ", distractors: [Cusco, Both A and C]}",
        "warning",
    ),
    "Q104": Code(
        "longest option is right",
        "Authors say more of what is right. A key half as long again as every distractor (and twelve characters longer) is guessed by its "
        "length.",
        "- {id: q, question: Why was the dam built?, answer: To hold back the floods of the river, distractors: [For sport, For fun]}",
        "warning",
    ),
    "Q105": Code(
        "right is longest too often",
        "Deck-wide: the key is the longest option in more questions than chance explains (one in a hundred), so guessing the longest pays. "
        "Names and numbers, whose length nobody chooses, are not counted.",
        _LONGEST,
        "warning",
    ),
    "Q106": Code(
        "key's place can be guessed",
        "Deck-wide: statements that are nearly all true (or false), or true and false by turns; or numbers where the key is too often the "
        "middle one, the least or the greatest. Options are shuffled, so nothing else hangs on their place.",
        _TRUE,
        "warning",
    ),
    "Q107": Code(
        "negative not made plain",
        "A `not` is read over by who knows the answer. Write it in capitals, or ask for what is.",
        "- {id: q, question: Which of these towns is not in Peru?, answer: Quito, distractors: [Lima, Cusco]}",
        "warning",
    ),
    "Q108": Code(
        "absolute words in distractors alone",
        "`always`, `never`, `everyone` and their like are seldom true, so options with them are crossed out unread.",
        "- {id: q, question: What is true of whales?, answer: They breathe air, distractors: [They never dive, They always sleep]}",
        "warning",
    ),
    "Q109": Code(
        "vague words",
        "How often is `often`? Who knows the matter best finds it hardest to say.",
        "- {id: q, question: Where do llamas often live?, answer: In the Andes}",
        "warning",
        on=False,
    ),
    "Q110": Code(
        "options that overlap",
        "What is in two ranges is in both, or in neither: one of the two options need not be read. Ranges may touch.",
        "- {id: q, question: How high is Mount Huascarán?, answer: 6000–7000 m, distractors: [3000–4000 m, 3500–4500 m]}",
        "warning",
    ),
    "Q111": Code(
        "word of the question in the key alone",
        "A rare word of the stem that comes back in the key, and in no distractor, gives it away by its sound.",
        "- {id: q, question: Which hall did the widow Aula give?, answer: The hall of Aula, distractors: [The long barn, The old mill]}",
        "warning",
    ),
    "Q112": Code(
        "grammar gives the key away",
        "A stem that ends with `a` or `an` fits only some of the options: write `a(n)`, or put the article into the options. One that asks "
        "for two things fits only those that name two.",
        "- {id: q, question: 'Someone who studies insects is an', answer: entomologist, distractors: [botanist, geologist]}",
        "warning",
    ),
    "Q113": Code(
        "numbers not in order",
        "Numbers and dates among distractors are read, printed and checked with ease in order. Learners see them shuffled. `--fix` sorts "
        "them.",
        "- {id: q, question: When did the wall fall?, answer: 1989, distractors: [1995, 1985, 1991]}",
        "warning",
    ),
    "Q114": Code(
        "options of different sorts",
        "A name among numbers, or kilograms among metres, is no answer to the question and so no option.",
        "- {id: q, question: How high is the tower?, answer: 40 m, distractors: [70 kg, 50 m]}",
        "warning",
    ),
    "Q115": Code(
        "nothing is asked",
        "A stem is a question, a request, or a sentence to complete; with a mere title above them, the options must be read to know.",
        "- {id: q, question: The French Revolution, answer: It began in 1789}",
        "warning",
        on=False,
    ),
    "Q116": Code(
        "true and false as options",
        "Of two options one is chosen by chance half the time. Write a `statement:` with `answer: true` or `false`.",
        "- {id: q, question: Does sound travel through a vacuum?, answer: 'No', distractors: ['Yes']}",
        "warning",
    ),
    "Q117": Code(
        "too many options",
        "Three options are as good as five, and quicker to read; the more there are, the more of them nobody chooses. Five at the most.",
        GOOD + ", distractors: [Cusco, Puno, Ica, Tacna, Piura]}",
        "warning",
    ),
    "Q118": Code(
        "long-winded",
        "A stem of more than 60 words tests reading. Put what is good to know into `explanation`.",
        "- {id: q, question: " + "Llamas walk on and on and on " * 9 + "where to?, answer: To Lima}",
        "warning",
        on=False,
    ),
    "Q119": Code(
        "answered by another question",
        "Deck-wide: another stem tells this key, in this question's own words; who studies the deck in order has read the answer. "
        "Questions with one span of an article as their evidence ask a fact from two sides, and are left alone: "
        "they are not asked side by side. `quizzer print` tells of them, where they are on one sheet.",
        _many(
            "question: Which chemist invented dynamite?, answer: Alfred Nobel",
            "question: 'Alfred Nobel, the chemist who invented dynamite, died in which year?', answer: 1896",
        ),
        "warning",
    ),
    "Q120": Code(
        "nearly asked twice",
        "Deck-wide: another question asks nearly the same for the same key, so each of the two reminds of the other.",
        _many(
            "question: In which year did the Titanic sink?, answer: 1912",
            "question: In which year in the North Atlantic did the Titanic sink?, answer: 1912",
        ),
        "warning",
    ),
    "Q121": Code(
        "harder to read than its passage",
        "A stem much harder to read than the passage it asks about (20 points of LIX: words a sentence, and long words in a hundred) tests "
        "reading.",
        "- {id: q, question: In consideration of prevailing meteorological circumstances whereto did embarkation proceed?, answer: Lima, "
        "evidence: {source: wire, quote: Lima, passage: The sun was out. So they went by boat to Lima. It was a long day.}}",
        "warning",
        on=False,
    ),
    "Q201": Code(
        "evidence not in its article",
        "With `--sources`: the quote does not stand in the article's text, or not at its `start`. Copy it again from the article.",
    ),
    "Q202": Code(
        "quotation not in the article",
        "With `--sources`: four or more words in quotes in a question stand in none of the articles of its evidence. Who is quoted is "
        "quoted to the letter; what is left out is marked `…`, what is put in `[…]`.",
        severity="warning",
    ),
    "Q203": Code(
        "key says more than its evidence",
        "A number or name of the key stands in no quote or passage of its evidence, so who opens it finds no answer there.",
        "- {id: q, question: When did the tower open?, answer: 31 March 1889, evidence: {source: wire, quote: opened in spring 1889}}",
        "warning",
    ),
    "Q204": Code(
        "evidence supports a distractor too",
        "The quote names a distractor in one breath with the key, so both are right.",
        GOOD + ", distractors: [Cusco], evidence: {source: wire, quote: the two capitals Lima and Cusco}}",
        "warning",
    ),
    "Q205": Code(
        "relative time",
        "`last week` and `currently` rot; a date, or `as_of`, stays.",
        "- {id: q, question: Who won the election last week?, answer: Nobody}",
        "warning",
    ),
    "Q206": Code(
        "leans on something outside",
        "Cards come one by one, in any order: `he` and `the article` refer to nothing there.",
        "- {id: q, question: When did he become king?, answer: In 1509}",
        "warning",
    ),
    "Q207": Code(
        "answer in the question", "The stem names the key.", "- {id: q, question: Is Lima the capital of Peru?, answer: Lima}", "warning"
    ),
    "Q208": Code(
        "answer in a hint",
        "A hint helps to find the key; it does not name it.",
        GOOD + ", hints: [It is not Cusco but Lima]}",
        "warning",
    ),
    "Q209": Code(
        "answer in the words for an image",
        "What `alt` and `credit` of an image say can be read before the answer is given.",
        GOOD + ", image: {file: church.png, alt: A church in Lima}}",
        "warning",
    ),
    "Q210": Code(
        "article has changed",
        "With `--sources`: the file called like this source holds another text than the one whose `sha256` the deck has. Read it again: "
        "the evidence may have moved, and the answers with it.",
        severity="warning",
    ),
}
