"""English words the grader must know by sight: they turn a meaning round, add nothing to it, or are answers themselves."""


def listed(words: str) -> list[str]:
    """Return the words of a list written as one string."""
    return words.split()


def word_set(words: str) -> frozenset[str]:
    """Return the words of a set written as one string."""
    return frozenset(words.split())


NEGATORS = word_set(
    "not no never none nor neither without nobody nothing nowhere cannot non dont doesnt didnt isnt arent wasnt werent wont "
    "wouldnt cant couldnt shouldnt hasnt havent hadnt mustnt neednt aint hardly barely scarcely except excluding"
)
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "mis", "anti", "counter", "de", "a", "an")
# A swap of these makes another word, not a misspelt one.
SWAPS = (
    frozenset({"hyper", "hypo"}),
    frozenset({"inter", "intra"}),
    frozenset({"pre", "pro", "per"}),
    frozenset({"ante", "anti"}),
    frozenset({"macro", "micro"}),
    frozenset({"under", "over"}),
    frozenset({"em", "im"}),
)
ENDINGS = (
    frozenset({"er", "ee", "ed"}),
    frozenset({"or", "ee"}),
    frozenset({"ate", "ite", "ide"}),
    frozenset({"ane", "ene", "yne"}),
    frozenset({"ful", "less"}),
)

SAME_SOUND = tuple(map(frozenset, ("ck", "kq", "cq", "gj", "cs", "sz", "iy", "vw", "xz")))  # at the beginning of a word
# American spellings that no rule gives.
AMERICAN = dict(
    pair.split("/")
    for pair in listed("""
tyre/tire tyres/tires grey/gray jewellery/jewelry aluminium/aluminum programme/program programmes/programs plough/plow kerb/curb
storey/story pyjamas/pajamas mould/mold sulphur/sulfur travelling/traveling traveller/traveler travellers/travelers cancelled/canceled
labelled/labeled manoeuvre/maneuver aeroplane/plane airplane/plane
catalogue/catalog dialogue/dialog analyse/analyze analysed/analyzed axe/ax
paediatric/pediatric anaemia/anemia oestrogen/estrogen foetus/fetus sceptical/skeptical moustache/mustache cosy/cozy whisky/whiskey
""")
)

_OPPOSITES = """
more less|more fewer|over under|above below|before after|to from|up down|in out|on off|with without|for against|most least
north south|east west|northern southern|eastern western|left right|first last|true false|yes no|increase decrease
increased decreased|increasing decreasing|rise fall|rose fell|win lose|won lost|accept reject|accepted rejected|guilty innocent
male female|men women|man woman|boy girl|boys girls|minimum maximum|min max|imports exports|import export|includes excludes
include exclude|maximum minimum|highest lowest|higher lower|high low|larger smaller|largest smallest|early late|earlier later
inside outside|internal external|begin end|began ended|start end|open closed|opened closed|same different|always never
plus minus|am pm|ad bc|ce bce|legal illegal|lawful unlawful|buy sell|bought sold|approve reject|approved rejected|upheld overturned
mother father|son daughter|brother sister|husband wife|king queen|republican democrat|republicans democrats|young old|senior junior
""".strip()
OPPOSITES: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.replace("\n", "|").split("|"):
    _one, _other = _pair.split()
    OPPOSITES[_one] = OPPOSITES.get(_one, frozenset()) | {_other}
    OPPOSITES[_other] = OPPOSITES.get(_other, frozenset()) | {_one}

# Words whose absence from a text of several words changes little.
MINOR = word_set(
    "of in at on by to for with from and that which who was is are were be been being has have had it its his her their "
    "this these those he she they as into there then so also very just only own"
)
BEFORE_ARTICLE = word_set(
    "of in at on by to for with from and or that was is are were be been being has have had as into not about per under over"
)

# One of these more or less names another office, where an office is named at all.
RANKS = word_set("deputy vice assistant acting former ex under associate co sub lieutenant deputies interim junior")
OFFICES = word_set("""
attorney general president secretary director minister chief governor mayor judge justice chair chairman chairwoman chairperson
chancellor commissioner commander administrator officer editor manager professor sheriff speaker leader premier ambassador
superintendent inspector principal dean colonel counsel prosecutor treasurer comptroller controller coach founder author host
""")
HEADS = word_set("department ministry minister secretary")  # the Department of Justice is the Justice Department
MONTHS = listed("january february march april may june july august september october november december")
WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")

_COUNTRIES = listed("""
afghanistan albania algeria andorra angola anguilla antarctica argentina armenia aruba australia austria azerbaijan bahamas
bahrain bangladesh barbados belarus belgium belize benin bermuda bhutan bolivia botswana brazil britain brunei bulgaria burma
burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba curacao cyprus czechia denmark djibouti
dominica ecuador egypt england eritrea estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana gibraltar
greece greenland grenada guadeloupe guam guatemala guernsey guinea guyana haiti honduras hungary iceland india indonesia iran iraq
ireland israel italy jamaica japan jersey jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon
lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta martinique mauritania
mauritius mayotte mexico micronesia moldova monaco mongolia montenegro montserrat morocco mozambique myanmar namibia nauru nepal
netherlands nicaragua niger nigeria niue norway oman pakistan palau palestine panama paraguay peru philippines poland portugal
qatar romania russia rwanda samoa scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname
swaziland sweden switzerland syria taiwan tajikistan tanzania thailand tibet togo tonga tunisia turkey turkiye turkmenistan tuvalu
uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam wales yemen zambia zimbabwe
""")
_STATES = listed("""
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas
kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma
oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
""")
STATES = frozenset({*_STATES, "new york", "new mexico", "new jersey", "new hampshire", "north carolina", "south carolina"})
_STATE_CODES = listed("""
al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx
ut vt va wa wv wi wy dc
""")
_REGION_PHRASES = """
united states|united states of america|us|usa|uk|uae|united kingdom|great britain|new zealand|south africa|south korea
north korea|saudi arabia|sri lanka|el salvador|costa rica|puerto rico|sierra leone|burkina faso|ivory coast|papua new guinea
new hampshire|new jersey|new mexico|new york|north carolina|north dakota|rhode island|south carolina|south dakota|west virginia
district of columbia|northern ireland|hong kong|south sudan|czech republic|dominican republic|vatican city|equatorial guinea
cape verde|east timor|british columbia|ontario|quebec|alberta|manitoba
""".strip()
# Countries and states: "El Paso, Texas" names one place, "Paris, London" two.
REGIONS = frozenset({*_COUNTRIES, *_STATES, *_STATE_CODES, *_REGION_PHRASES.replace("\n", "|").split("|")})

# Words that are answers themselves; typed in full they are never a misspelling of another.
ANSWERS_THEMSELVES = frozenset(
    {*_COUNTRIES, *_STATES, *MONTHS, *WEEKDAYS}
    | word_set("north south east west spring summer autumn winter guilty legal white black green public private")
)

ASSENT = {"yeah": "yes", "yep": "yes", "yup": "yes", "y": "yes", "nope": "no", "nah": "no", "n": "no"}
OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "hourly": "hour", "nightly": "night"}
PERIODS = word_set("second minute hour day week month quarter year night decade")
TIMES_OVER = word_set("once twice thrice times time")
SINGULAR = dict(pair.split("/") for pair in listed("children/child men/man women/woman people/person feet/foot teeth/tooth mice/mouse"))
ABBREVIATIONS = dict(
    pair.split("/")
    for pair in listed("""
st/saint mt/mount ft/fort dept/department univ/university intl/international natl/national assn/association
n/north s/south e/east w/west art/article sec/section ch/chapter vol/volume amend/amendment gov/government govt/government
""")
)
ABBREVIATIONS["us"] = "united states"
MORE_ABBREVIATIONS = dict(
    pair.split("/") for pair in listed("st/street ave/avenue rd/road blvd/boulevard sq/square l/lake r/river is/island")
)
# Alone they could be any: "the canal" is not the Suez Canal.
GENERIC = word_set("""
canal river lake sea ocean gulf bay island mountain valley desert city town village county state country street road avenue square
bridge airport station university college school hospital museum church court bank party union agency department ministry committee
commission council company agreement treaty accord act law amendment war battle policy
""")
SMALL_WORDS = word_set("of the and for in on to a an")

# Names of persons.
TITLES = word_set("""
mr mrs ms miss mx dr doctor frau herr madame mme monsieur senor senora
prof professor sir dame lord lady baron baroness count countess duke duchess earl sen senator rep
representative congressman congresswoman president pres vice prime minister pm premier chancellor king queen prince princess
emperor empress tsar czar sultan shah pope cardinal bishop archbishop rev reverend father fr rabbi imam sheikh ayatollah saint
st judge justice chief attorney general gen secretary deputy assistant associate acting former ex then late governor gov mayor
ambassador amb colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm commander officer detective inspector
director administrator commissioner chairman chairwoman chair ceo cfo founder hon honorable honourable speaker leader spokesman
spokeswoman spokesperson lawyer journalist reporter author us foreign homeland security state treasury defense defence the of
and
""")
# What is counted in one word or the other.
_COUNTED = """
page pp pg pgs|child kid youngster minor|person people individual ppl human|death dead fatality|student pupil|soldier troop|vote ballot
baby infant|physician doctor|attorney lawyer|worker employee|automobile car|film movie|country nation|home house|firm company
""".strip()
COUNTED_ALIKE = {word: group.split()[0] for group in _COUNTED.replace("\n", "|").split("|") for word in group.split()}
# Words that say of what kind a thing is; after a name of two words or a number they change nothing.
KINDS = word_set("""
policy programme program plan law rule bill agreement deal treaty pact virus disease pandemic vaccine fighter jet plane aircraft airliner
helicopter missile rocket spacecraft telescope satellite ship newspaper magazine channel network company corporation firm agency
organisation organization bank movement initiative campaign project operation mission scandal river mountain volcano desert
""")
FIRST_NAMES = word_set("earl duke king prince baron dean count")  # titles that are first names as well
SUFFIXES = word_set("""
jr sr junior senior phd md esq qc kc mp obe mbe cbe mba jd dds
""")
PARTICLES = word_set("""
van von der den de da di del della dei du la le los las dos das do ter ten zu zum zur af av bin ibn bint abu al el ben st san
santa mac d o
""")
# What a title says besides the office, or of no office at all.
NO_OFFICES = word_set("""
mr mrs ms miss mx dr doctor frau herr madame mme monsieur senor senora
sir dame saint st rev reverend fr father late then former ex the of and us foreign homeland security
state treasury defense defence lawyer journalist reporter author detective officer spokesman spokeswoman spokesperson hon honorable
honourable attorney chief
""")
TITLES_IN_FULL = dict(
    pair.split("/")
    for pair in listed("""
sen/senator rep/representative congressman/representative congresswoman/representative pres/president pm/prime judge/justice gen/general
gov/governor amb/ambassador col/colonel maj/major capt/captain lt/lieutenant sgt/sergeant adm/admiral prof/professor minister/prime
premier/prime chairwoman/chairman chair/chairman tsar/czar emperor/czar
""")
)
# Surnames that usually come first; a name of two or three words that begins with one is read both ways.
FAMILY_FIRST = word_set("""
xi mao deng hu jiang zhou li wang zhang liu chen yang huang zhao wu xu sun zhu ma lin he gao liang zheng luo song xie tang han
cao peng cai pan tian dong yuan jia wei lu ye qin meng ho nguyen tran pham hoang phan vu vo dang bui do ngo kim park moon roh
ban jung choi yoon kang
""")
SURELY_FAMILY_FIRST = word_set("xi mao deng zhou jiang zhang zhao liu huang hu xu wang chen nguyen tran pham")
_NICKNAMES = """
william billy bill liam will|robert bobby bob rob|richard ricky dick rich rick|james jamie jimmy jim|johnny jack john jon
jonathan jon|joseph joey joe|michael mickey mick mike|edward eddie teddy ned ted ed|theodore teddy ted|thomas tommy tom
charles charlie chuck|margaret maggie peggy meg|elizabeth lizzie betty eliza beth liz
catherine katherine kathleen cathy kathy katie kate|alexander sandy alex|alexandra sandra alex|anthony tony|andrew andy drew
benjamin ben|daniel danny dan|david dave|donald donny don|douglas doug|frederick fred|gerald gerry jerry|gregory greg
harry henry hank|jefferson geoffrey jeffrey geoff jeff|kenneth ken|lawrence larry|leonard len leo|matthew matt|nicholas nick
patrick pat|patricia patty pat|peter pete|phillip philip phil|raymond ray|ronald ron|samuel sam|samantha sam
stephen steven steve|susan sue|timothy tim|vincent vince|walter walt|victoria vicky|rebecca becky|deborah debbie deb
jennifer jenny jen|barbara barb|bernard bernie|francis frank|franklin frank|eugene gene|nathaniel nate nat|rodney rod
roderick rod|abraham abe|albert bert al|alfred fred al|christopher chris|christine chris|dorothy dot|eleanor ellie nell
harold harry hal|martin marty|rosalind ros|zachary zach|mohammad mohammed muhammad mohamed
""".strip()
GIVEN_SPELLINGS = [word_set(group) for group in ("geoff jeff", "geoffrey jeffrey", "stephen steven", "catherine katherine", "cathy kathy")]
NICKNAMES = [word_set(group) for group in _NICKNAMES.replace("\n", "|").split("|")]
