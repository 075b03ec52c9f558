"""What stands in an article and tells none of its story: captions, credits, bylines, newsroom lines, boxes, other languages.

Every function gives the reason in words, or an empty string. Patterns speak of the trade of news, never of one article; a false
reason costs questions, so each demands a form and not a mere word ("newsletter", "advertisement" are words of stories too).
"""

import re

from quizzer.news.article import english_share
from quizzer.news.doubts import corrects
from quizzer.news.words import FUNCTION_WORDS, word_set

_FLAGS = re.IGNORECASE
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|UPI|PA|TASS|(?:The )?Associated Press|Reuters|Agence France-Presse|Getty(?: Images)?|Shutterstock|Bloomberg|"
    r"Wikimedia(?: Commons)?|Flickr|iStock(?:photo)?|Alamy|Xinhua|Handout)"
)
_CREDIT = re.compile(
    rf"(?:AP|Reuters|AFP|EPA|UPI|File) Photo\b|Getty Images|/ ?{_AGENCY}\b[^.!?]{{0,30}}\.?\)?$|"
    rf"\((?:{_AGENCY}|[^()]{{0,60}}/ ?{_AGENCY}|(?:photo|image|credit|picture|illustration)s?\b[^()]{{2,80}})\)\.?$|"
    rf"\b(?:via|courtesy of|courtesy) {_AGENCY}\.?$|"
    rf"^{_NAME}(?: {_NAME}){{0,3}} ?/ ?{_NAME}(?: {_NAME}){{0,3}}\.?$|^{_AGENCY}\.?$"
)
_ALL_CAPS_AGENCY = re.compile(r"(?:THE )?(?:ASSOCIATED PRESS|REUTERS|GETTY IMAGES|AFP|AP|UPI)\.?$")
_CAPTION = re.compile(
    r"\(?(?:file |stock |ap )?(?:photo|photograph|image|picture|illustration|graphic|video|credit|caption|photo credit|image credit)s?"
    r"(?: (?:by|courtesy(?: of)?|illustration by))?(?: ?[:|/©]|(?<=by) )|(?:from left|left to right|clockwise from|pictured|\(l-r\))[,: ]",
    _FLAGS,
)
_BYLINE_WORD = (
    rf"(?:{_NAME}|and|of|the|for|in|de|van|von|bin|al|&|\||[Ss]taff|[Ww]riters?|[Cc]orrespondents?|[Rr]eporters?|[Ee]ditors?|[Ss]pecial|to)"
)
_BYLINE = re.compile(rf"(?:By|BY) {_NAME}(?:,? {_BYLINE_WORD}){{1,14}}\.?$")
_NOT_BYLINE = re.compile(
    r"By (?:the|early|late|mid|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)
_BOX = re.compile(
    r"\W{0,3}(?:"
    r"advertisement\b.{0,20}$|sponsored(?: content| by)|(?:read|see|watch|view|hear|find out) (?:more|also|next|the full)\b|"
    r"(?:related|also read|more on this|more from|most read|trending|recommended|don['’]t miss|up next|h/t|via|source|online|tags|topics|"
    r"twitter|facebook|instagram|e-?mail|contact|website|on the web)(?: \w+){0,3} ?(?::|\|)|"
    r"(?:related|recommended) (?:stories|articles|coverage|content|links|news)\b|"
    r"(?:please )?(?:follow|like) (?:\S+ ){1,12}?on (?:twitter|facebook|instagram|x\b|social media|threads|bluesky)|follow @\w|"
    r"(?:please )?(?:sign up|subscribe|log in|register) (?:to|for|here|now|today|and|with|or)\b|"
    r"(?:already a|become a) (?:subscriber|member)\b|"
    r"click (?:here|the|on|through|below|above)\b|tap here\b|view this (?:post|tweet|photo)|a post shared by\b|"
    r"share this\b|share on\b|tweet this\b|"
    r"(?:watch|listen to|see|view|read) (?:the|a|an|our|this) [\w ’'-]{2,60}(?: above| below| here)\b|"
    r"download (?:the|our) |get (?:the latest|our|breaking)\b.{0,80}(?:inbox|newsletter|app|email)|"
    r"support (?:our|independent) (?:journalism|work)|"
    r"(?:send|email) (?:your|tips|letters|us)\b|have a (?:news )?tip\b|join the (?:conversation|discussion)|leave a comment|"
    r"(?:do you|would you) .{3,60}\? (?:like|share|tell us|vote|click)\b|scroll (?:down|for)|"
    r"this (?:video|content|post|tweet) (?:is|isn['’]t|has)\b.{0,30}available|"
    r"(?:we|this (?:site|website|page)) uses? cookies|by (?:clicking|continuing|using) |accept (?:all )?cookies|"
    r"<(?:tweet|iframe|script|embed|blockquote|img|a)\b"
    r")",
    _FLAGS,
)
_EMBED = re.compile(r"pic\.twitter\.com/|(?:^|— ?)[\w .'’-]{2,40} \(@\w{2,30}\) [A-Z][a-z]+ \d|<tweet\b", _FLAGS)
_MARKS_OF_POSTS = "/@<"  # of which every post has one
_CORRECTION = re.compile(
    r"\W{0,3}(?:corrections?|clarifications?|editor['’]?s?['’]? note|author['’]s note|note to readers)(?: appended)?\s*(?::|[-–—]|\.?$)|"
    r".{0,40}\b(?:this|the|an earlier) (?:story|article|post|report|piece|column|version of this \w+)\b.{0,25}?"
    r"\b(?:has been|was|have been|misstated|incorrectly|misspelled|misidentified|stated incorrectly)\b"
    r"(?: updated| corrected| amended| edited| (?:first|originally) published| published| produced|"
    r"(?<=misstated)|(?<=incorrectly)|(?<=misspelled)|(?<=misidentified))",
    _FLAGS,
)
_NEWSROOM_CREDIT = re.compile(
    r"\W{0,3}(?i:(?:additional |with )?(?:reporting|writing|editing|research|compiled|produced|translation|translated)"
    r"(?: and (?:writing|editing))?"
    r"(?: from| in \w+)? by )|.{0,200}\bcontributed (?:reporting|to this (?:report|story|article|post|piece)|from [A-Z])",
    re.DOTALL,
)
_RIGHTS = re.compile(
    r"all rights reserved|\bcopyright (?:©|\(c\)|\d{4})|^\W{0,2}(?:©|\(c\)) ?\d{4}|may not be (?:published, broadcast|reproduced)|"
    r"terms of (?:service|use) and privacy|^as published in ",
    _FLAGS,
)
_TRANSCRIPT = re.compile(
    r"\W{0,2}(?:begin|end|start) (?:video|audio|of (?:video|transcript)|transcript|clip)|\W{0,2}(?:crosstalk|inaudible|laughter|applause|"
    r"commercial break|video clip|unintelligible)\W{0,3}$|(?:a )?(?:partial |full |rush |relevant |complete )?(?:transcript|exchange)"
    r"(?: (?:is|as|of|from|below|follows)\b.{0,80})?:?\.?$",
    _FLAGS,
)
_TIME_STAMP = re.compile(
    r"\W*(?:updated? |posted |published )?(?:at )?\d{1,2}(?:[:.]\d{2})? ?[ap]\.?m\.?(?: [A-Z]{1,4}T)?[:.]?(?: [A-Z]{2,4})?\W*$", _FLAGS
)
_ADDRESS = re.compile(r"(?:\S+: ?)?(?:(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|@\w+)\.?$", _FLAGS)
_URL_IN = re.compile(r"https?://|www\.\w|\b[\w.+-]+@[\w-]+\.(?:com|org|net|edu|gov|co)\b")
_WRITER = (
    r"(?:columnist|contributor|contributing \w+|writer|reporter|correspondent|editor|blogger|journalist|author of|freelance\w*|staff \w+)"
)
_BIO = re.compile(
    rf"(?:the (?:author|writer|authors|writers) (?:is|are)\b|(?-i:{_NAME}(?: {_NAME}){{1,3}})(?:, [^.]{{3,80}},)? "
    rf"(?:is|was|covers|writes|reports) "
    rf"(?:(?:a|an|the|our|on|for|about|from) )(?:[\w’'-]+ ){{0,6}}?{_WRITER}\b|"
    rf"(?-i:{_NAME}(?: {_NAME}){{1,3}}) (?:covers|writes (?:about|for|on)|reports (?:on|for|from)) )",
    _FLAGS,
)
_NOT = r"\b(?:did|could|would|has|have|had|was|were|do|does)(?: not|n['’]t)(?: \w+ly| yet| been| be)*"
_ASKED = re.compile(
    rf"{_NOT} (?:respond(?:ed)?|return(?:ed)?|repl(?:y|ied)|answer(?:ed)?|acknowledged?|agree to)\b(?:[^.!?;]{{0,60}}?"
    r"\b(?:comment|requests?|messages?|e-?mails?|inquir\w+|calls|phone calls?|voicemails?|questions?|interview(?:ed)?)\b|\W*$)|"
    rf"{_NOT} (?:comment\b|hear back|reached\b|(?:immediately )?available (?:for (?:comment|an interview)|to comment)|want to comment)|"
    r"\bnone of [^.!?;]{2,60} would comment\b|\bunavailable (?:for|to) comment|"
    r"\b(?:declin\w+|refused) (?:(?:\w+ )?requests? (?:for|to)|an interview|comment\b|to (?:publicly |further )?comment\b|"
    r"to be interviewed|to (?:answer|respond to) [^.!?;]{0,30}questions)|"
    r"\b(?:requests?|calls|messages?|e-?mails?)\b[^.!?;]{2,60}\b(?:was|were|went) (?:not |un)(?:immediately )?(?:returned|answered)",
    _FLAGS,
)
_ASIDE = re.compile(r", (?:who|which|whose)\b[^,]*$")
_SPOKEN = re.compile(r"[“\"„]|''|``")
_FOREIGN_WORDS = word_set(
    "el los las del al una unos unas por para con sin que qué es está están fue como más pero sus su se lo le les y o ha han este esta "
    "der die das den dem des am hat wurde ein eine einen einem und ist sind war nicht mit von zu im auf für sich "
    "auch als wie bei nach aus wird werden "
    "les une du au aux est sont était dans pour avec sur pas qui que ce cette ses leur ont été et où mais par "
    "il gli della dello dei degli nel nella che è sono era con per non più anche di alla da "
    "os um uma do dos das na nos em não é são foi com mais pela pelo também "
    "het een van en dat niet op te voor zijn werd met aan ook "
    "och att det som är på av för inte den har till ett w z na że się nie jest do i v ne je da"
)
_SHARED = word_set("i do per me as on in at is so we he a an to of for war was die no non had hat may")
_PARTICLE = r"(?:de|del|della|la|las|los|el|le|les|van|von|der|den|di|du|da|dos|das|al|en|et)"
_PARTICLES = re.compile(rf"\b(?:{_PARTICLE} )?{_PARTICLE}(?= [A-ZÀ-Þ])")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NOT_LATIN = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")


_DIGEST_BYLINE = re.compile(
    rf"[^\n]{{0,250}}?[\"”'’,] by (?:[Tt]he )?(?:{_NAME} ){{0,3}}{_NAME}(?:['’]s|(?<=s)['’]) {_NAME}(?: {_NAME}){{1,2}}"
    rf"(?:,? and {_NAME}(?: {_NAME}){{1,2}})?: "
)
_LETTERS = re.compile(r"(?:(?:readers['’]? )?letters(?: to the editor)?|your (?:say|letters|views)|readers respond|mailbag)[.:]?", _FLAGS)
_HANDLE = re.compile(r"@\w{2,30}\.?")
HEADLINES = "headlines"
_CAPITAL_LEAD = 6  # words of a headline that are more than a list of names


def digest_byline(text: str) -> int:
    """Return where the text begins behind the headline and byline that a digest puts before it, or 0."""
    match = _DIGEST_BYLINE.match(text)
    return match.end() if match else 0


def opens_letters(text: str) -> bool:
    """Whether a line alone says that what follows are readers' letters."""
    return bool(_LETTERS.fullmatch(text))


def is_handle(text: str) -> bool:
    """Whether a line alone is the account under which a post was written."""
    return bool(_HANDLE.fullmatch(text))


def is_headline(text: str) -> bool:
    """Whether Every Long Word Of A Text Is Capital, and Not of Names Only: "Here’s What We Know", "Crash Seems Like An Act"."""
    words = [word.strip("“”\"'‘’—-.,:;?!()") for word in text.split()]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if len(long) < _CAPITAL_LEAD or sum(word[0].isupper() for word in long) < 0.9 * len(long):
        return False
    small = [word for word in words[1:] if word.lower() in FUNCTION_WORDS]
    return sum(word[0].isupper() for word in small) > max(1, len(small) / 2)


def why_skip(sentence: str) -> str:
    """Return why no fact is taken from ``sentence`` (another language, a newsroom line, a box), or an empty string."""
    text = " ".join(sentence.split())
    if is_foreign(text):
        return "another language"
    if any(mark in text for mark in _MARKS_OF_POSTS) and _EMBED.search(text):
        return "a post or its frame"
    if (match := _ASKED.search(text)) and _only_asked(text, match):
        return "a newsroom line"
    if _NEWSROOM_CREDIT.match(text) or _RIGHTS.search(text) or _CORRECTION.match(text):
        return "a newsroom line"
    if _BOX.match(text) and len(text.split()) <= 40:
        return "a link or a box"
    if _CREDIT.search(text) and len(text.split()) <= 40 and not _SPOKEN.search(text):
        return "a caption or its credit"
    return ""


def why_skip_paragraph(text: str, *, from_end: int = 99) -> str:
    """Return why no fact is taken from a whole paragraph, ``from_end`` paragraphs before the last; or an empty string."""
    words = text.split()
    if not any(char.isalnum() for char in text):
        return "a line between parts"
    if _TIME_STAMP.match(text):
        return "a time stamp"
    if _ADDRESS.match(text) or (len(words) <= 14 and _URL_IN.search(text) and not _SPOKEN.search(text)):
        return "an address"
    if _TRANSCRIPT.match(text) and len(words) <= 20:
        return "a transcript's heading"
    if _BYLINE.match(text) and not _NOT_BYLINE.match(text):
        return "a byline"
    if len(words) <= 60 and not _SPOKEN.search(text) and (_CAPTION.match(text) or _CREDIT.search(text) or _ALL_CAPS_AGENCY.match(text)):
        return "a caption or its credit"
    if (len(words) <= 40 and _BOX.match(text)) or (len(words) <= 60 and _EMBED.search(text)):
        return "a link or a box"
    if _CORRECTION.match(text) or (len(words) <= 80 and (_NEWSROOM_CREDIT.match(text) or _RIGHTS.search(text))):
        return "a newsroom line"
    if corrects(text):
        return "a correction"
    if len(words) >= 8 and is_headline(text):
        return HEADLINES
    if from_end <= 2 and len(words) <= 60 and _BIO.match(text):
        return "about the author"
    if len(words) >= 6 and is_foreign(text):
        return "another language"
    if (
        len(words) >= 6
        and sum(not word.isalpha() and (any(map(str.isdigit, word)) or not any(map(str.isalpha, word))) for word in words) > len(words) / 2
    ):
        return "a list of figures"
    return ""


def is_foreign(text: str) -> bool:
    """Whether ``text`` is in another language than English: by its letters, or by the small words it has and lacks."""
    if not text.isascii() and _NOT_LATIN.search(text):
        letters = [char for char in text if char.isalpha()]
        if len(letters) >= 10 and len(_LATIN.findall("".join(letters))) < 0.7 * len(letters):
            return True
    share = english_share(text)
    if share >= 0.2:
        return False
    words = re.findall(r"[^\W\d_]+", _PARTICLES.sub("", text))
    if len(words) < 5:
        return False
    foreign = sum(word in _FOREIGN_WORDS and word not in _SHARED for word in words)  # as written: names have capitals
    if not share and sum(word in _FOREIGN_WORDS for word in words) >= 2:
        return True
    return foreign >= max(2, 0.12 * len(words)) and foreign / len(words) > 1.5 * share


def _only_asked(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence says no more than that somebody gave a newsroom no answer."""
    if _ASIDE.search(text[: match.start()]):
        return False
    spoken = re.search(r"[“\"][^”\"]*[”\"]", text)
    return not (spoken and len(spoken[0].split()) >= 5) and len(text.split()) <= 45
