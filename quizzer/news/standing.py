"""What in the words of a question leans on its article: a last look at every stem, whatever made it.

Words only, no parse: what is found here cannot be understood by somebody who has the question alone.
"""

import re

_QUOTED = re.compile(r"“([^”]*)”")
_PERSONS = (
    "businessman|businesswoman|mogul|billionaire|lawmaker|candidate|politician|senator|governor|congressman|congresswoman|leader|"
    "professor|man|woman|author|nominee|host|lawyer|judge|official|actor|actress|incumbent|frontrunner|front-runner|hopeful|"
    "contender|challenger|strategist|consultant|spokesman|spokeswoman"
)
_TOLD = (
    "conclusion|comments?|position|remarks?|decision|move|announcement|proposal|response|answer|statement|view|stance|claim|"
    "offer|request|reaction|argument|criticism|suggestion|question|warning|complaint|findings?|message|tweet|letter"
)
_LEANING = tuple(
    re.compile(pattern)
    for pattern in (
        # the first of what?
        r"\b[Tt]he (?:first|second|third|fourth|last|latest|next|new|newest|same|other|final|previous|earlier) "
        r"(?:fundraiser|event|meeting|debate|vote|round|question|case|poll|survey|study|report|bill|measure|rule|law|time|day|one|two)\b"
        r"(?! (?:of|in|at|for|to|on|since|by|between|that)\b)",
        # whoever has no name: "the New York businessman"
        rf"\b[Tt]he (?:[A-Z][\w.-]+ |\d+-year-old |former |current |retired )+(?:{_PERSONS})\b"
        r"(?! (?:of|in|who|for|from|at|to|on|[A-Z])|, [A-Z])",
        # what somebody said, and not of what
        rf"\b[A-Z][\w.-]+['’]s? (?:{_TOLD}) (?!(?:of|on|about|that|to|for|against|in|as|from|over|with|regarding)\b)",
        r"\b(?:on|in) (?:his|her|their|its) (?:behalf|place|stead)\b",
        r"\b(?:that|which|who) (?:was|were|are|is|had been|have been) \w+(?:ed|en)[.?]$",
        r"\b(?:like most|like many|like all) \w+ in [A-Z]\w+ \d{4}\?$",
        r"\b(?:six|five|four|three|two|both|all|these|those) (?:principal |principle |main |key |other )?(?:blocs|groups|camps|sides)\b",
        r" ['’] | ['’]\w+ \w+ \w+ [a-z]+ ",  # an apostrophe that belongs to nothing: a headline's mark
        r"\b(?:had|has|did|was|were|do|does) One\b",
        r"\b[Tt]he (?:gunman|shooter|suspect|victim|killer|attacker|assailant)\b(?! (?:of|who)\b)",
        r"\b[Tt]he (?:poll|survey)\b(?! (?:of|in|by|at|for|from|that)\b)",
        r"\b(?:movie|film|stage|television) version\b(?! of\b)",
        r"(?:^|\b[a-z]+ |, )[Ss]tate (?:party|delegates|convention)\b",
        r"^(?:For|With|At) which .*"
        r"\b(?:Cent(?:er|re)|Institute|Council|Foundation|Association|Society|Committee|Fund|Academy|School|Office|College) "
        r"(?:in|by|before) (?:[A-Z]\w+ )?\d{4}\?$",  # "... for International Economics" is the rest of its name
        r"“[^”]* in [A-Z]\w+ \d{4}”|\b(in [A-Z]\w+ \d{4})\b.*\b\1\b|^[A-Z]\w+, how many\b",
        r"\bthe (?!(?:1[5-9]|20)\d\d\b)\d+ [a-z]+s\b(?! (?:of|in|that|who|which|at|for|from|on|to|killed|people)\b)",
        r"^(?!As of|By|In|On|Wh|How|According)[^“]*\b(?:is|are) (?!being)\w+ing\b",
        # which poll?
        r"\bmargin of (?:sampling )?error\b|\bpercent(?:age)?\b.*\brespectively\b",
        r"\b[Nn]earby\b",
        r"\b(?:Dr|Mr|Mrs|Ms)\. [A-Z][\w’'-]+\b(?! [A-Z])",  # whom only a title goes with
        r"\b[A-Z]\w+['’]s (?:tax|law|rule|ban|deal|bill|measure|contract|ruling)\b"
        r"(?! (?:on|of|for|to|against|that|with|in(?! \d)|cut|rate|over)\b)",
        r"\b[Tt]he (?:contract|release|brainstorm|massacre|recount)\b(?! (?:of|in|at|for|to|on|with|by|between|that)\b)",
        # somebody tells that somebody tells
        r"\breport(?:ed|s) that .*\b(?:reported|reports|said|says)\b|, (?:[A-Z][\w-]+ ){1,3}(?:reported|reports|said|says)\.$",
        r"^Not (?:before|until|only|since)\b",
        r"\bmade (?:its|his|her|their|the|an) (?:statement|announcement|comments?|remarks?|appearance)\b",
        r"” in (?:a|an|the) [^”?]*\b(?:strike|attack|raid|shooting|crash|war)\b",
        # whose employees, which concerns: a name before a noun does not tell
        r"\b[Tt]he (?:new )?(?:[A-Z][\w.-]+ )+(?:employees|workers|supporters|officials|aides|donors|staffers|members|concerns|fears|"
        r"demands|documents|records|plans|efforts|ads|votes|results|proposals|rules|findings?|investigation|probe|inquiry)\b"
        r"(?! (?:of|in|into|who|for|from|at|to|that|on|between|against|with|by)\b)",
        r"\b[Tt]he former (?:[A-Z]\w+ )*(?:secretary|president|chairman|chairwoman|director|ambassador|commissioner|minister|chief|mayor)\b"
        r"(?! (?:of|for|in|to|at|[A-Z]))",
        r"\b[Tt]he (?:\w+ )?front-?runner\b(?! (?:for|in|of)\b)(?!, [A-Z])",
        r"(?:['’]s|\b(?:his|her|their)) (?:acceptance speech|(?:words and )?actions|set of measures)\b"
        r"(?! (?:of|in|for|from|at|to|on|against|with|by|about|over)\b)(?! [A-Z])",
        r"\b[Oo]ne (?:sentence|phrase|petition|letter|line|word|question|speech|colleague|friend)\b(?! (?:from|who|that|calling)\b)"
        r"|\b[Aa] (?:colleague|friend|neighbor|neighbour|relative|co-?worker)\b(?! (?:of|who|from|in|at|named)\b)",
        # in trouble about what, accused of what, the income of whom?
        r"\b(?:are|is|was|were|be|been) in (?:trouble|jeopardy|danger|doubt)\b(?! (?:of|in|with|for|over)\b)",
        r"\baccus(?:e|es|ed|ing)\b(?!.*\bof\b)",
        r"\b(?:richest|poorest|wealthiest|top|bottom) (?:\d+|one) percent\b(?!.*\b(?:in|of) (?:the )?[A-Z])",
        r"^What does the acronym [A-Z]{2} stand for\b",  # two letters stand for many things
    )
)
_SHARE = re.compile(r"\bpercent(?:age)?\b")
_SHARE_OF = re.compile(  # what tells of what a share is one, or that it is no share of voters
    r"\b(?:of|grow\w*|risen|fallen|prices|polls?|survey|stake|tax|rate|tariff|from|increase|cuts?|fell|rose|grew|up|down|interest|more|less|fewer|owned?|since)\b"
)
_LEAD = re.compile(r"\b(?:led|trailed|leading|trailing) (?:Sen\. )?[A-Z][\w. ]+? by\b|\blead over\b")
_WHERE = re.compile(r"\bin (?!(?:January|February|March|April|May|June|July|August|September|October|November|December) \d)[A-Z]")
_EVENT = re.compile(r"\b(?:primary|primaries|caucus|caucuses|debate|parade|game|match|convention)\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\bwhat (?:year|month|date)\b|\bWhen\b")
_COMPARED = (
    "larger|bigger|smaller|better|worse|higher|lower|stronger|weaker|faster|slower|harder|easier|older|younger|greater|fewer|"
    "closer|longer|shorter|safer|richer|poorer|different|similar"
)
_SAID_LEANING = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:First|Second|Third|Fourth|Secondly|Thirdly|Lastly|Next|Five|Four|Three|Two)\b",
        rf"\b(?:{_COMPARED})[.!?]?$",
        r"\b(?:Sen|Rep|Gov|Gen|Mr|Mrs|Ms|Dr|St|Lt|Col|Sgt|Jr|Sr|U\.S)\.?$",
        r"\b(?:[Tt]hat|[Tt]hose) (?!is\b|was\b|are\b|were\b|who\b|year\b|nation\b|country\b|election\b|"
        r"world\b|century\b|generation\b|president\b|administration\b)\w+ of\b",
        r"\b(?:behind|against|with|about|of|for|on|to|at|over|from) it[.!?]?$",
        r"^(?:Do|Does|Did|Is|Are|Was|Were|Has|Have|Had|Will|Would|Can|Could|Should|How|Why|What|When|Where|Who)\b.*\b(?:you|your)\b",
        r"(?:^|, )it (?:seems|appears|looks|sounds|feels) to be\b",
        r"\b[Tt]he (?:campaign|bill|deal|measure|plan|report|company|party|group|guy|person|process|amendment|decision|ruling|vote|merger|"
        r"proposal|agreement|program|project|study|case|issue|problem|situation|statement|speech|contract|region|merger)\b"
        r"(?! (?:of|in|for|to|on|that|against|by|with|between|from|at|and|we|he|she|I|they|is to|will be to)\b|['’]s\b)",
        r"\b[Tt]he (?:score|cause|timing|concern|[Dd]epartment(?!['’]s)|two|three)\b"
        r"(?! (?:of|in|for|that|who|to|we|he|she|I|with|between|is that|is to|was that)\b|-)",
        r"\b(?:went|goes|going|go|came|arrived) there\b(?! (?:is|are|was|were)\b)",
    )
)


def leaning(stem: str) -> str:
    """Return the words of a question, or of what it quotes, that only its article explains; or an empty string."""
    bare = _QUOTED.sub("“”", re.sub(r"\{\{([^|}]*)[^}]*\}\}", r"\1", stem))
    for pattern in _LEANING:
        if found := pattern.search(bare):
            return found[0].strip()
    if (found := _SHARE.search(bare)) and not _SHARE_OF.search(bare):
        return found[0]
    if (found := _LEAD.search(bare)) and not _WHERE.search(bare):
        return found[0]
    if (found := _EVENT.search(bare)) and not _YEAR.search(bare) and "“" not in bare:
        return found[0]
    for said in _QUOTED.findall(re.sub(r"\{\{([^|}]*)[^}]*\}\}", r"\1", stem)):
        if len(said.split()) < 5:
            continue  # a term
        for pattern in _SAID_LEANING:
            if found := pattern.search(said.strip(" ,")):
                return found[0].strip()
    return ""
