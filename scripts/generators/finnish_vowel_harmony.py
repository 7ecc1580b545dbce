"""Choose the form of a Finnish word whose suffix agrees with the vowels of the stem.

The rule is applied to the last part of the stem: a, o or u in it asks for a back vowel in the
suffix, otherwise the suffix has a front one. Stems are data, since gradation is not asked for.
"""

import re
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "finnish_vowel_harmony"
SEED = 20_402
COUNT = 120
FRONT = str.maketrans("ao", "äö")

# Sentences, with the suffix in its back form, then stems: "+" parts a compound, and "=" precedes
# the base form where the stem differs from it.
GROUPS = """
Asuimme monta vuotta _ssa. / Veljeni soitti eilen _sta. / Ensi keväänä muutamme pois _sta.
Helsingi=Helsinki Turu=Turku Oulu Lahde=Lahti Kemi Mikkeli Kuopio Porvoo Jyväs+kylä Savon+linna
Hämeen+linna Tornio Tallinna Berliini Lontoo Wieni=Wien Kölni=Köln Joen+suu Sodan+kylä Ähtäri
Tammi+saare=Tammisaari Lempäälä Lappeen+ranna=Lappeenranta

Serkkuni asuvat _lla. / Tulimme eilen illalla _lta. / Konsertti järjestetään _lla.
Tamperee=Tampere Seinä+joe=Seinäjoki Rova+nieme=Rovaniemi Ääne+koske=Äänekoski Riihi+mäe=Riihimäki
Pieksä+mäe=Pieksämäki Siilin+järve=Siilinjärvi Mänty+harju Hyvinkää Nurmi+järve=Nurmijärvi
Kala+joe=Kalajoki Pyhä+joe=Pyhäjoki Vantaa Kirkko+numme=Kirkkonummi Suonen+joe=Suonenjoki

Odotan sinua _ssa. / Lapset tulivat juuri _sta. / Mitä _ssa tapahtui?
metsä kylä kirjasto keittiö museo hissi kaupungi=kaupunki ravintola päivä+kodi=päiväkoti
kesä+möki=kesämökki yli+opisto terveys+keskukse=terveyskeskus jää+halli eläin+tarha
naapuri+kylä koti+kylä makuu+huonee=makuuhuone lähi+kaupa=lähikauppa olo+huonee=olohuone

Nähdään huomenna _lla. / Palasin juuri _lta. / Kuva otettiin _lla.
tori lento+kentä=lentokenttä pysäki=pysäkki bussi+pysäki=bussipysäkki moottori+tie metsä+tie
näkö+ala+paika=näköalapaikka leikki+paika=leikkipaikka uima+ranna=uimaranta taka+piha silla=silta
kentä=kenttä järve=järvi pysäköinti+aluee=pysäköintialue niity=niitty koti+tie mäe=mäki

Kuljen töihin yleensä _lla. / Tulimme tänne _lla. / Matka sujuu hyvin _lla.
juna auto metro polku+pyörä moottori+pyörä venee=vene moottori+venee=moottorivene laiva
soutu+venee=soutuvene henkilö+auto potku+kelka=potkukelkka purje+venee=purjevene mönkijä

Myös _lla on kaksi lasta. / Kuulin uutisen _lta. / Nämä kukat ovat _lta.
miehe=mies naise=nainen tytö=tyttö poja=poika äidi=äiti sedä=setä naapuri ystävä opettaja lääkäri
hammas+lääkäri palo+miehe=palomies minu=minä sinu=sinä häne=hän mei=me hei=he

Hän työskentelee _na. / Isäni toimi ennen _na. / Haaveilen työstä _na.
kokki insinööri rakennus+insinööri sihteeri kirjailija leipuri kääntäjä sairaan+hoitaja tutkija
meri+miehe=merimies myyjä kukka+myyjä taksin+kuljettaja lentäjä näyttelijä lähi+hoitaja

Kokous pidetään _na. / Lähdemme matkalle jo _na. / Kauppa on kiinni _na.
maanantai keski+viikko syntymä+päivä juhannus+päivä tiistai helluntai itsenäisyys+päivä
loppiaise=loppiainen pääsiäise=pääsiäinen joulu+aatto äitien+päivä

_ko hän tänään kotiin?
tulee lähtee menee palaa kävelee pyöräilee ehtii pääsee lähti meni tuli ehti palasi soutaa

_ko sinä haluat? / _ko täällä tarjotaan? / _ko te tilasitte?
teetä kahvia omena+mehua herne+keittoa kala+keittoa suklaa+jäätelöä kivennäis+vettä ruis+leipää
täyte+kakkua mansikka+jäätelöä viiniä maitoa juusto+leipää kesä+kurpitsaa

Puhuimme illalla _sta. / Hän tietää paljon _sta. / Luin kirjan _sta.
politiika=politiikka musiiki=musiikki kiele=kieli äidin+kiele=äidinkieli perhee=perhe vede=vesi
juoma+vede=juomavesi historia tiede+politiika=tiedepolitiikka luonnon+tietee=luonnontiede
tähti+tietee=tähtitiede tuuli+voima vesi+voima Itä+mere=Itämeri meri+historia siene=sieni
lume=lumi ilmasto ympäristö käsi+työ pohja+vede=pohjavesi kive=kivi suku+nime=sukunimi
"""


class Item(NamedTuple):
    """A sentence with a gap for the word, the stem, its base form if it differs, and the suffix."""

    sentence: str
    stem: str
    base: str
    suffix: str

    @property
    def forms(self) -> list[str]:
        """The right and the wrong form."""
        back, front = self.suffix, self.suffix.translate(FRONT)
        word = self.stem.replace("+", "")
        if self.sentence.startswith("_"):
            word = word[0].upper() + word[1:]
        right, wrong = (back, front) if is_back(self.stem) else (front, back)
        return [word + right, word + wrong]

    def shown(self, forms: list[str]) -> str:
        """The input, with the forms in the order given."""
        stem = f"Stem: {self.stem}-" + f" (base form: {self.base})" * bool(self.base)
        text = self.sentence.replace("_", "_____")
        return f"Sentence: {text}\n{stem}\nForms: {' / '.join(forms)}"


def is_back(stem: str) -> bool:
    return any(vowel in stem.rpartition("+")[2].lower() for vowel in "aou")


def items(rng: Random) -> list[Item]:
    found = []
    for group in GROUPS.strip().split("\n\n"):
        head, _, words = group.partition("\n")
        sentences = head.split(" / ")
        for number, word in enumerate(words.split()):
            stem, _, base = word.partition("=")
            before, _, after = sentences[number % len(sentences)].partition("_")
            suffix = re.split(r"\W", after)[0]
            found.append(Item(f"{before}_{after.removeprefix(suffix)}", stem, base, suffix))
    rng.shuffle(found)
    return found


ABOUT = {
    "summary": "Choose the Finnish word form that follows vowel harmony.",
    "definition": paragraphs("""
        You are given a Finnish sentence with a gap, the stem of the missing word and two forms of
        the word, which differ in the vowel of the suffix. Choose the form with the right vowel
        harmony. Rule: if the stem contains a back vowel (a, o, u), the suffix has a or o; if it has
        only front vowels (ä, ö, y) or only neutral vowels (e, i), the suffix has ä or ö. In a
        compound, whose parts are separated by "+", only the last part counts. Go by the stem, not
        by the base form. Answer with the chosen form, copied exactly.

        Pick the one of two Finnish forms that fills the gap correctly. What decides are the vowels
        of the stem as it is printed (the base form may have others); where a plus sign divides the
        stem, look at what follows the last plus. One of a, o, u there calls for the suffix with a
        or o. None of them, that is ä, ö, y or nothing but e and i, calls for the suffix with ä or
        ö. Write the form as it stands in the list and nothing else.

        Which of the two forms belongs in the Finnish sentence? They differ only in whether the
        suffix has a back vowel (a, o) or a front vowel (ä, ö). A back vowel is right when the last
        part of the stem has a, o or u in it; otherwise, even when its vowels are all e or i, a
        front vowel is right. "+" marks the joints of compounds; earlier parts and the dictionary
        form have no say. Reply with the form alone, spelled as given.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Linguistic Probing"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning", "Reasoning on Strings"],
    "languages": {"instruction": ["en"], "input": ["fi"], "output": ["fi"]},
}

# The item, whether the output is right, and what the demonstration teaches.
TAUGHT = [
    (
        Item("Loma alkaa _.", "kesä+kuu", "", "ssa"),
        True,
        """The word is a compound, so the front vowels of "kesä" do not matter. The last part,
        "kuu", has the back vowel u: the suffix is -ssa.""",
    ),
    (
        Item("Onko _ avain?", "kene", "kuka", "lla"),
        True,
        """The stem "kene-" has only the neutral vowel e, and neutral vowels alone take the front
        suffix -llä. The a and u of the base form "kuka" are not in the stem.""",
    ),
    (
        Item("_ illalla?", "sataa", "", "ko"),
        True,
        """"Sataa" has back vowels only, so the question suffix is -ko, not -kö.""",
    ),
    (
        Item("Tavataan _.", "rauta+tie+asema", "", "lla"),
        False,
        """This looks at the e and i of "tie" in the middle of the compound, but it is the very last
        part, "asema", that counts, and it has the back vowel a.

        Take the back suffix -lla: rautatieasemalla.""",
    ),
    (
        Item("Kalat elävät _.", "mere", "meri", "ssa"),
        False,
        """The vowels of "mere-" are neutral, and this takes the back suffix for the normal case. A
        stem without a, o and u takes the front one.

        Choose the suffix with ä: meressä.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    drawn = items(rng)
    rights = rng.sample([0, 1] * (COUNT // 2), COUNT)  # the place of the right form
    halves = [[each for each in drawn if is_back(each.stem) == back] for back in (True, False)]

    def draw(done: int) -> dict[str, Any]:
        item = halves[done % 2].pop()
        forms = item.forms[:: -1 if rights[done] else 1]
        answer = [{"text": form, "score": int(form == item.forms[0])} for form in forms]
        return instance(NAME, item.shown(forms), item.forms[:1], answer=answer)

    shown = []
    for item, right, lesson in TAUGHT:
        text = item.shown(rng.sample(item.forms, 2))
        shown.append(demonstration(text, item.forms[not right], lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
