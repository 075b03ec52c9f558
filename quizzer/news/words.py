"""Word lists of English the stages share: months, units, verbs of saying, titles, nouns of office, words that point elsewhere.

Words of the language only: no name and no fact of any article stands here.
"""


def words(text: str, *, by: str | None = None) -> list[str]:
    """Return the words of ``text``, parted by white space or ``by``."""
    return text.split(by)


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


MONTHS = words("january february march april may june july august september october november december")
MONTH_OF = {name: number for number, name in enumerate(MONTHS, 1)} | {
    short: number
    for number, shorts in enumerate(("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"), 1)
    for short in shorts.split()
}
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
NUMBERS = {
    word: value
    for value, word in enumerate(
        words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
            "nineteen"
        )
    )
} | {word: 10 * value for value, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}

# Words only (or nearly only) English has: their share tells an English sentence from another language's.
FUNCTION_WORDS = word_set(
    "the of and to that is was for it with as his her on be at by this had not are but from or have an they which one you were "
    "their there been if more when will would who so no its about into than them can only other some could these two may then do "
    "first any my now such like our over me even most after also did many before must through back where much your way down "
    "should because each just those how too while he she we what i a in up out has said all new says against during between"
)

# To report in words of one's own: "X said that ..." makes "..." a claim of X.
SAY = word_set(
    "say tell write add report announce state note explain argue declare insist confirm acknowledge admit conclude find show "
    "reveal estimate testify warn emphasize stress claim tweet observe recall remark reply respond continue describe call "
    "complain caution joke quip concede counter contend maintain assert urge ask vow promise pledge boast shout mention point "
    "predict put believe agree comment recount muse lament exclaim repeat read begin instruct post suggest charge cite "
    "answer wonder deny advise order reiterate summarize proclaim radio cable telegraph"
)
# Cue verbs after which a quotation is asked for with the verb itself; for all others "said" is true and plain.
CUE_KEPT = word_set("write tell tweet testify warn announce declare radio joke predict")
# What follows these is asserted by their subject, and may be asked as "according to ...".
CLAIM = word_set(
    "say report announce state note explain confirm acknowledge admit conclude find show reveal estimate testify add write "
    "tell recall declare disclose determine"
)
HUMAN_VERBS = SAY | word_set(
    "decline refuse nod speak meet visit walk think want hold lead know sign win lose run decide resign criticize praise "
    "promise reject tell list hope laugh smile sit stand marry study grow die serve retire campaign"
)
# What is not asserted at all.
UNSURE_ADVERBS = word_set(
    "almost nearly barely hardly never rarely seldom allegedly reportedly possibly perhaps probably likely apparently "
    "yet supposedly presumably maybe purportedly arguably no not only mostly partly partially largely virtually"
)
# Adverbs that lean on what was said before; dropping them changes no fact.
DROPPED_ADVERBS = word_set(
    "also already still then now recently earlier later meanwhile however too again just even finally previously currently "
    "subsequently thus therefore instead soon once immediately eventually indeed moreover furthermore ultimately "
    "simply actually really quickly suddenly so far afterwards afterward additionally initially effectively nevertheless "
    "nonetheless there here"
)
POINTING = word_set("this these those such another other others same latter it that both either neither former")
RELATIVE_TIME = word_set(
    "today yesterday tomorrow tonight now ago recently currently earlier later lately nowadays previously upcoming "
    "so-far overnight then recent current next last"
) | frozenset(WEEKDAYS)
TIME_NOUNS = word_set(
    "second minute hour day night morning afternoon evening week weekend month quarter year decade century spring summer fall "
    "autumn winter time moment"
)
DURATION_NOUNS = word_set("second minute hour day night week month year decade century")

# What a length of time before them tells the distance to: "four years after X crashed" is no four years of crashing.
DISTANCES = word_set("after before since ago later earlier prior hence apart")
# What happens at one moment: nothing of it lasts.
PUNCTUAL = word_set(
    "crash die land sign launch arrive explode collapse kill arrest elect appoint announce declare discover invent marry begin "
    "start end finish resign approve adopt ratify veto enact reach enter touch sink found establish purchase buy"
)

TITLES = word_set(
    "mr mrs ms miss dr prof sir dame lord lady rev sen rep gov lt gen col maj capt sgt adm cmdr fr sister brother judge justice "
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king queen prince "
    "princess pope cardinal bishop archbishop rabbi imam general colonel major captain sergeant admiral commander lieutenant "
    "officer detective sheriff chief director chairman chairwoman chair speaker ambassador professor doctor attorney coach "
    "astronaut spokesman spokeswoman councilman councilwoman councilmember commissioner deputy vice prime former acting then "
    "ex interim assistant associate press executive editor author lawyer spokesperson candidate nominee analyst historian "
    "economist activist engineer pilot geologist scientist leader founder"
)
COURTESY = word_set("mr mrs ms miss")
FEMALE_WORDS = word_set("mrs ms miss dame lady queen princess congresswoman chairwoman spokeswoman councilwoman sister")
MALE_WORDS = word_set("mr sir lord king prince congressman chairman spokesman councilman brother")
ROLE_NOUNS = word_set(
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king queen prime "
    "general director chairman chairwoman chair speaker ambassador professor attorney lawyer coach astronaut commander captain "
    "pilot spokesman spokeswoman spokesperson commissioner officer chief leader head founder co-founder cofounder owner editor "
    "author architect engineer designer inventor winner champion pick choice nominee candidate successor predecessor wife "
    "husband son daughter widow brother sister manager treasurer publisher analyst economist historian geologist scientist "
    "researcher physicist astronomer biologist supervisor administrator judge justice prosecutor sheriff counsel strategist "
    "adviser advisor aide consultant foreman executive principal superintendent marshal composer conductor curator "
    "president-elect chief-of-staff lawmaker congressman journalist reporter columnist pollster mathematician negotiator "
    "diplomat envoy activist organizer vice-president bishop archbishop pope cardinal pastor rabbi veteran"
)
# Offices change hands: "who was" needs its time. Ties (pick, wife, founder, lead attorney in a case) do not.
OFFICES = word_set(
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king queen general "
    "director chairman chairwoman chair speaker ambassador spokesman spokeswoman spokesperson commissioner officer chief leader "
    "head coach editor manager treasurer publisher supervisor administrator judge justice sheriff executive superintendent "
    "marshal principal president-elect candidate nominee lawmaker strategist adviser advisor aide counsel analyst"
)
ORGANISATION_WORDS = word_set(
    "university college school institute department ministry agency bureau office commission committee council court union "
    "association society foundation corporation company inc corp co ltd llc group bank party church hospital administration "
    "campaign service force army navy times post journal news herald tribune center centre street avenue road county city "
    "state states house senate congress coalition league club team project act bill law fund network laboratory museum "
    "airport station park lake river mountain island bay beach hall tower square stadium action conference research "
    "security international national federal american poll magazine radio press media studies policy capital partners"
)
EVENT_NOUNS = word_set(
    "program programme initiative summit election meeting call conference convention campaign attack bombing earthquake war "
    "battle strike expedition mission landing rescue trial hearing protest march flood hurricane storm fire eruption "
    "referendum debate tournament festival ceremony shooting massacre coup revolution crisis raid riot uprising siege "
    "disaster accident collapse crash outbreak caucus primary race games championship pilot project"
)
DOCUMENTS = word_set(
    "report book document ruling memo memorandum opinion letter complaint indictment lawsuit brief filing affidavit study manual bill "
    "statement email e-mail note notes transcript summary order decision release article editorial essay resolution petition "
    "advertisement ad post tweet message script survey review point"
)
# Bodies of the sky, which bear people's names.
HEAVENLY = word_set("sun moon earth mercury venus mars jupiter saturn uranus neptune pluto")
# What a word before them tells apart from all others of their kind: "the mortgage crisis", "the tax code".
FIELDS = word_set(
    "industry sector market economy system crisis community movement policy bailout debate establishment code business trade "
    "profession population economy class war vote question issue"
)
PUBLIC = word_set(
    "truth poor rich elderly middle-class homeless unemployed nation public internet web weather rest "
    "world sun moon internet public police media press government sky ocean sea earth planet universe military "
    "economy environment past future law climate"
)
STATES = words(
    "Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Georgia,Hawaii,Idaho,Illinois,Indiana,"
    "Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,Nebraska,"
    "Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,"
    "Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington,West Virginia,Wisconsin,Wyoming",
    by=",",
)
COUNTRIES = words(
    "Argentina,Australia,Austria,Bangladesh,Belgium,Brazil,Canada,Chile,China,Colombia,Cuba,Denmark,Egypt,Ethiopia,Finland,"
    "France,Germany,Greece,India,Indonesia,Iran,Iraq,Ireland,Israel,Italy,Japan,Jordan,Kenya,Libya,Mexico,Morocco,Netherlands,"
    "Nigeria,Norway,Pakistan,Peru,Philippines,Poland,Portugal,Russia,Saudi Arabia,Somalia,South Africa,South Korea,Spain,Sudan,"
    "Sweden,Switzerland,Syria,Thailand,Tunisia,Turkey,Ukraine,Venezuela,Vietnam,Yemen",
    by=",",
)
