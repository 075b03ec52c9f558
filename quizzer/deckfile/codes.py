"""Every code that ``quizzer check`` can print: what it means, in prose, and a deck or part of one that brings it out.

README's table and the tests are made from this one. D: the file (0), its shape (1), the deck (2), its questions (3), their
evidence (4) and their images (5). Q: how questions are written, see ``advice``.
"""

from quizzer.deckfile.advice import ADVICE
from quizzer.deckfile.code import GOOD, Code

CODES: dict[str, Code] = {
    "D001": Code("no such file", "The file is missing, is a folder, or may not be read."),
    "D002": Code("not text", "A deck is text in UTF-8 (or UTF-16 with its mark). Other bytes are refused, not guessed at."),
    "D003": Code("control character", "YAML allows no control characters; they come with copying from terminals.", "title: a\x07b\n"),
    "D004": Code("broken YAML", "The file cannot be read beyond this place. Most often a quote or bracket is missing.", 'title: "Peru\n'),
    "D005": Code("tab", "YAML indents with spaces; a tab there is an error.", "title: Peru\nquestions:\n\t- question: a\n"),
    "D006": Code("nested too deep", "A deck is five levels deep. More than 32 is a slip or an attack.", "[" * 40 + "]" * 40),
    "D007": Code(
        "aliases unfold too far",
        "Aliases may save typing, but not make a small file stand for a huge one.",
        "a: &a [" + "x, " * 400 + "x]\nb: &b [" + "*a, " * 400 + "*a]\nc: [" + "*b, " * 400 + "*b]\n",
    ),
    "D008": Code("second document", "One file holds one deck; `---` begins another document.", "title: One\n---\ntitle: Two\n"),
    "D009": Code("empty file", "Nothing is in the file, or only comments.", "# later\n"),
    "D010": Code("newer format", "The deck was written for a newer quizzer, so this one does not guess at it.", "format: 2\ntitle: Peru\n"),
    "D011": Code(
        "no such format",
        "`format` is 1, or left out.",
        "format: one\nid: d\ntitle: Peru\nquestions:\n  " + GOOD + "}\n",
    ),
    "D012": Code(
        "ignores nothing",
        "A comment `# quizzer: ignore …` that ignores nothing (any more), names no code, or one that keeps the deck from being studied.",
        GOOD + "} # quizzer: ignore Q104 -- it must be so long",
        "warning",
    ),
    "D013": Code(
        "git's conflict marker",
        "A merge left two versions of something between lines of `<`, `=` and `>`. Keep what is right, and remove those lines.",
        "title: Peru\nquestions:\n  - question: Capital?\n<<<<<<< HEAD\n    answer: Lima\n=======\n    answer: Cusco\n>>>>>>> topic\n",
    ),
    "D101": Code("key twice", "YAML readers keep one of the two silently; quizzer refuses both.", GOOD + ", answer: Cusco}"),
    "D102": Code(
        "unknown key", "A key that decks do not have, most often a slip of the keyboard.", "- {id: q, question: Capital?, anwser: Lima}"
    ),
    "D103": Code(
        "wrong shape",
        "A list where one text belongs, a text where a list belongs, and so on. A text that begins with a bracket needs quotes.",
        GOOD + ", tags: geography}",
    ),
    "D104": Code(
        "tag", "Words that begin with `!` are tags to YAML. Decks have none.", "- {id: q, question: Capital of Peru?, answer: !city Lima}"
    ),
    "D105": Code("key is not text", "A list or mapping cannot be a key.", GOOD + ", [a, b]: c}"),
    "D106": Code(
        "merge key",
        "`<<` is not part of today's YAML, and its readers disagree on it. Aliases as values are fine.",
        GOOD + ", <<: {mode: type}}",
    ),
    "D107": Code("alias to nothing", "`*name` must follow `&name`. Text that begins with a star needs quotes.", "title: *peru\n"),
    "D108": Code("empty text", "A text that is asked or shown cannot be empty.", '- {id: q, question: Capital of Peru?, answer: ""}'),
    "D109": Code("key is missing", "A deck cannot do without a title, nor a source without an id.", GOOD + ", evidence: {source: wire}}"),
    "D110": Code("not one of the words", "Modes, types, true and false are fixed words.", GOOD + ", mode: chose}"),
    "D111": Code(
        "number out of range", "Not a number, or outside its range.", GOOD + ", evidence: {source: wire, quote: Lima, start: -1}}"
    ),
    "D112": Code("list too short", "Two things at the least can be put in order, or matched.", "- {id: q, order: [Lima]}"),
    "D201": Code("no questions", "A deck without questions cannot be studied.", "id: peru\ntitle: Peru\nquestions: []\n"),
    "D202": Code(
        "id cannot be used", "Ids become parts of card ids (`deck/question#gap`).", "- {id: a/b, question: Capital of Peru?, answer: Lima}"
    ),
    "D203": Code(
        "question id twice",
        "Questions of one id would share their progress.",
        GOOD + "}\n- {id: q, question: Capital of Chile?, answer: Santiago}",
    ),
    "D204": Code(
        "source id twice",
        "Evidence could not say which of the two it means.",
        "id: d\ntitle: Peru\nsources: [{id: wire}, {id: wire}]\nquestions:\n  " + GOOD + "}\n",
    ),
    "D205": Code("deck id twice", "Two decks of one id would share their progress. Copies of a deck need an id of their own."),
    "D206": Code(
        "not a date",
        "The dates of sources and `as_of` are YYYY-MM-DD, YYYY-MM or YYYY, so that they sort.",
        "id: d\ntitle: Peru\nsources: [{id: wire, date: 14.1.2021}]\nquestions:\n  " + GOOD + "}\n",
    ),
    "D207": Code(
        "not a hash",
        "A sha256 is 64 hexadecimal digits.",
        "id: d\ntitle: Peru\nsources: [{id: wire, sha256: 9f2c}]\nquestions:\n  " + GOOD + "}\n",
    ),
    "D208": Code(
        "ids not written",
        "Until an id is written, it hangs on the words: mend the words, and progress may be lost. `quizzer fmt` writes it.",
        "- {question: Capital of Peru?, answer: Lima}",
        "warning",
    ),
    "D209": Code(
        "not a web address",
        "A link that a learner can open begins with http:// or https://.",
        "id: d\ntitle: Peru\nsources: [{id: wire, url: example.org}]\nquestions:\n  " + GOOD + "}\n",
        "warning",
    ),
    "D210": Code(
        "not a language tag",
        "Languages are BCP 47 tags, as programs that read aloud and hyphenate know them: en, en-GB, zh-Hant.",
        "id: d\ntitle: Peru\nlanguage: english\nquestions:\n  " + GOOD + "}\n",
        "warning",
    ),
    "D211": Code(
        "question asked twice",
        "Two questions with the same words and the same key, under two ids: each keeps a progress of its own.",
        GOOD + "}\n- {id: r, question: Capital of Peru?, answer: Lima}",
        "warning",
    ),
    "D212": Code(
        "ids that differ in case",
        "Ids that differ only in capitals are two ids, and soon mistaken for each other.",
        GOOD + "}\n- {id: Q, question: Capital of Chile?, answer: Santiago}",
        "warning",
    ),
    "D213": Code(
        "declined, and in the deck",
        "`declined` keeps the ids of questions that its author dropped. One that is in the deck after all does not belong there.",
        "id: d\ntitle: Peru\ndeclined: [q]\nquestions:\n  " + GOOD + "}\n",
        "warning",
    ),
    "D214": Code(
        "no such code",
        "`lint` names codes (Q104), beginnings of codes (Q1), or `default`.",
        "id: d\ntitle: Peru\nlint: {ignore: [Q999]}\nquestions:\n  " + GOOD + "}\n",
        "warning",
    ),
    "D301": Code(
        "question without an answer", "A question lacks what its kind cannot do without.", "- {id: q, question: Capital of Peru?}"
    ),
    "D302": Code(
        "keys that contradict",
        "A question is of one kind; keys of two kinds contradict each other.",
        '- {id: q, cloze: "Peru\'s capital is {{Lima}}.", answer: Lima}',
    ),
    "D303": Code(
        "key among distractors",
        "A right answer, or what the grader takes for it (5,000 and five thousand), is offered as a wrong one. Options that differ in "
        "their signs alone are for questions with `mode: choose`.",
        GOOD + ", distractors: [LIMA, Cusco]}",
    ),
    "D304": Code(
        "distractor twice",
        "The same wrong option twice, in the same words or in others that the grader takes for the same.",
        GOOD + ", distractors: [Cusco, cusco]}",
    ),
    "D305": Code("cloze without a gap", "A cloze needs a gap: its key in double braces.", "- {id: q, cloze: The capital of Peru is Lima.}"),
    "D306": Code(
        "gap not whole", "Double braces are not closed, not opened, or empty.", '- {id: q, cloze: "The capital of Peru is {{Lima."}'
    ),
    "D307": Code(
        "thing listed twice",
        "The same thing twice in `order` or `answers`, or as a left of `match`, cannot be graded.",
        "- {id: q, order: [Lima, Cusco, lima]}",
    ),
    "D308": Code(
        "wording not whole",
        "A bar in `answers` with nothing beside it.",
        "- {id: q, question: Two cities of Peru?, answers: [Lima|, Cusco]}",
    ),
    "D309": Code(
        "question by alias", "An alias repeats a whole question; two questions cannot share an id.", "- &a " + GOOD[2:] + "}\n- *a"
    ),
    "D310": Code(
        "mode that cannot be",
        "A question is asked in the modes its keys allow: choosing needs distractors, ordering needs `order`.",
        GOOD + ", mode: choose}",
        "warning",
    ),
    "D311": Code(
        "accepted twice",
        "A wording in `accept` that is the key, or stands there already (case and spacing aside), adds nothing.",
        GOOD + ", accept: [LIMA]}",
        "warning",
    ),
    "D312": Code(
        "key is no date",
        "With `type: date`, a date is graded however it is written. A key that cannot be read as one is graded as text.",
        "- {id: q, question: When does the train leave?, answer: seven, type: date}",
        "warning",
    ),
    "D313": Code(
        "no such day",
        "The calendar has no such day, so nobody can be right.",
        "- {id: q, question: When did the ship sail?, answer: 31 February 2020, type: date}",
    ),
    "D314": Code(
        "split at a comma",
        "In a list in brackets every comma begins another thing. A date or number that holds one must stand in quotes.",
        "- {id: q, question: When did the ship sail?, answer: 3 May 2018, distractors: [May 4, 2018, 5 May 2018]}",
        "warning",
    ),
    "D315": Code(
        "pairs that cannot be matched",
        "Nine pairs at the most, so that each has a digit, and twelve things on the right, so that each has a letter; not all the same.",
        "- {id: q, match: {Peru: South America, Chile: South America}}",
    ),
    "D316": Code(
        "space around a text",
        "Spaces at the begin or end of a text in quotes are seen by nobody, and never meant. `--fix` takes them away.",
        '- {id: q, question: "Capital of Peru? ", answer: Lima}',
        "warning",
    ),
    "D317": Code(
        "first question not written",
        "A deck that `quizzer new` began has still the question, or the answer, that is there to be written over.",
        "- {id: q, question: What is your first question?, answer: Lima}",
        "warning",
    ),
    "D401": Code(
        "unlisted source", "Evidence names a source that the deck does not list.", GOOD + ", evidence: {source: post, quote: Lima}}"
    ),
    "D402": Code(
        "quote not in its passage",
        "A quote is word for word a part of its passage, at the place that `start` and `passage_start` give.",
        GOOD + ", evidence: {source: wire, quote: Lima, passage: The city of Cusco}}",
    ),
    "D501": Code(
        "image from elsewhere",
        "Images lie in the deck's folder or below it, and travel with it: no address on the web, no path from the root, no `..`, and no "
        "link that leads out.",
        GOOD + ", image: {file: ../church.png, alt: A church with two towers}}",
    ),
    "D502": Code(
        "no such image",
        "The file of an image is missing, or may not be read. The deck can be studied all the same; the image is told in words.",
        GOOD + ", image: {file: tower.png, alt: A tower with a clock}}",
    ),
    "D503": Code(
        "not an image that can be shown",
        "Images are PNG, JPEG, GIF (its first frame) or WebP, by name and by their first bytes. SVG is none that terminals can show.",
        GOOD + ", image: {file: church.svg, alt: A church with two towers}}",
    ),
    "D504": Code("image too large", "An image has 10 MB and 25 million pixels at the most: more is a slip, or an attack on the memory."),
    "D505": Code(
        "image without words",
        "Not everyone can see an image, and not every terminal show it. `alt` says what is to be seen, without giving the answer away.",
        GOOD + ", image: church.png}",
        "warning",
    ),
    **ADVICE,
}
FIXABLE = ("D208", "D304", "D311", "D316", "Q107", "Q113")  # what ``quizzer check --fix`` mends by itself
