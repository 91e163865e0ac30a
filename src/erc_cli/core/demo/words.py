"""The words of the demonstration, in English, French and Arabic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

Text = dict[str, str]
"""Language code to words."""


def text(english: str, french: str, arabic: str) -> Text:
    """Return the same words in the three languages of the demonstration."""
    return {"en": english, "fr": french, "ar": arabic}


class Theme(NamedTuple):
    """What an organisation works for: in a name, in a sentence, and the field of the vocabulary it belongs to."""

    id: str
    field: str
    english: str
    french_for: str
    french_of: str
    arabic: str

    @property
    def arabic_for(self) -> str:
        """With the preposition of purpose."""
        return f"لل{self.arabic[2:]}" if self.arabic.startswith("ال") else f"ل{self.arabic}"

    @property
    def field_of(self) -> Text:
        """`in the field of ...`."""
        return text(f"in the field of {self.english}", f"dans le domaine {self.french_of}", f"في مجال {self.arabic}")


THEMES: Final = (
    Theme("education", "education", "education", "l’éducation", "de l’éducation", "التربية"),
    Theme(
        "marine-sciences",
        "science",
        "marine sciences",
        "les sciences marines",
        "des sciences marines",
        "العلوم البحرية",
    ),
    Theme("culture", "culture", "culture", "la culture", "de la culture", "الثقافة"),
    Theme("communication", "communication", "communication", "la communication", "de la communication", "الاتصال"),
    Theme("environment", "environment", "the environment", "l’environnement", "de l’environnement", "البيئة"),
    Theme("literacy", "education", "literacy", "l’alphabétisation", "de l’alphabétisation", "محو الأمية"),
    Theme("heritage", "heritage", "heritage", "le patrimoine", "du patrimoine", "التراث"),
    Theme("water", "science", "water", "l’eau", "de l’eau", "المياه"),
    Theme("relief", "humanitarian", "relief", "les secours", "des secours", "الإغاثة"),
    Theme("manuscripts", "heritage", "manuscripts", "les manuscrits", "des manuscrits", "المخطوطات"),
    Theme("translation", "culture", "translation", "la traduction", "de la traduction", "الترجمة"),
    Theme(
        "human-rights", "human-rights", "human rights", "les droits de l’homme", "des droits de l’homme", "حقوق الإنسان"
    ),
    Theme("endowments", "endowments", "endowments", "les fondations pieuses", "des fondations pieuses", "الأوقاف"),
)


class Kind(NamedTuple):
    """A kind of organisation: what ids and acronyms call it, and its name up to the place, by language.

    The French name follows its article, as a sentence has it.
    """

    id: str
    short: tuple[str, str]
    english: str
    article: str
    french: str
    arabic: str


_LEAGUE: Final = Kind("league", ("LH", "LP"), "League of Harbours", "la ", "Ligue des ports", "رابطة موانئ")
_UNION: Final = Kind("union", ("UL", "UP"), "Union of Lighthouses", "l’", "Union des phares", "اتحاد منارات")
_COUNCIL: Final = Kind("council", ("CS", "CD"), "Council of Straits", "le ", "Conseil des détroits", "مجلس مضايق")
_BASINS: Final = Kind(
    "basins", ("RB", "BF"), "Conference of River Basins", "la ", "Conférence des bassins", "مؤتمر أحواض"
)

KINDS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "governmental": (_LEAGUE, _UNION, _COUNCIL, _BASINS),
    "non-governmental": (
        Kind("network", ("NL", "RB"), "Network of Libraries", "le ", "Réseau des bibliothèques", "شبكة مكتبات"),
        Kind("federation", ("FS", "FE"), "Federation of Schools", "la ", "Fédération des écoles", "اتحاد مدارس"),
        Kind("society", ("SR", "SL"), "Society of Readers", "la ", "Société des lecteurs", "جمعية قراء"),
    ),
    "civil-society": (
        Kind("youth-forum", ("FY", "FJ"), "Forum of Youth", "le ", "Forum des jeunes", "منتدى شباب"),
        Kind("women", ("AW", "AF"), "Assembly of Women", "l’", "Assemblée des femmes", "ملتقى نساء"),
        Kind("volunteers", ("CV", "CB"), "Club of Volunteers", "le ", "Club des bénévoles", "نادي متطوعي"),
    ),
    "humanitarian": (
        Kind("relief", ("RC", "CS"), "Relief Committee", "le ", "Comité de secours", "لجنة إغاثة"),
        Kind("orphans", ("HO", "MO"), "House of Orphans", "la ", "Maison des orphelins", "دار أيتام"),
        Kind("rescuers", ("CR", "CS"), "Corps of Rescuers", "le ", "Corps des secouristes", "فريق مسعفي"),
    ),
    "financial-institution": (
        Kind("bank", ("DB", "BD"), "Development Bank", "la ", "Banque de développement", "بنك تنمية"),
        Kind("solidarity", ("SF", "FS"), "Solidarity Fund", "le ", "Fonds de solidarité", "صندوق تضامن"),
    ),
    "donor": (
        Kind("giving", ("HG", "MD"), "House of Giving", "la ", "Maison du don", "دار عطاء"),
        Kind("gifts", ("GF", "FD"), "Gift Fund", "le ", "Fonds de dons", "صندوق هبات"),
    ),
    "private-sector": (
        Kind("shipyards", ("SC", "CN"), "Shipyard Company", "la ", "Compagnie des chantiers navals", "شركة أحواض"),
        Kind("weavers", ("WC", "CT"), "Weaving Company", "la ", "Compagnie des tisserands", "شركة نسيج"),
    ),
    "foundation": (
        Kind("scholars", ("FS", "FS"), "Foundation of Scholars", "la ", "Fondation des savants", "مؤسسة علماء"),
        Kind("friends", ("FF", "FA"), "Foundation of Friends", "la ", "Fondation des amis", "مؤسسة أصدقاء"),
    ),
    "academic": (
        Kind("university", ("UN", "UN"), "University", "l’", "Université", "جامعة"),
        Kind("observatory", ("OB", "OB"), "Observatory", "l’", "Observatoire", "مرصد"),
        Kind("academy", ("AL", "AL"), "Academy of Letters", "l’", "Académie des lettres", "أكاديمية آداب"),
    ),
    "individual-donor": (Kind("friend", ("AF", "UA"), "A Friend", "", "Un ami", "صديق"),),
    "national-authority": (
        Kind("ministry", ("MH", "MP"), "Ministry of Harbours", "le ", "Ministère des ports", "وزارة موانئ"),
        Kind("archives", ("DA", "DA"), "Department of Archives", "le ", "Département des archives", "إدارة محفوظات"),
    ),
    "national-commission": (
        Kind("commission", ("NC", "CN"), "National Commission", "la ", "Commission nationale", "لجنة"),
    ),
}
"""Category of partners: the kinds of organisation in it."""

ORGANISATION_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "governmental": ("10", "11", "15", "40"),
    "non-governmental": ("21", "22", "23", "24"),
    "civil-society": ("22", "24"),
    "humanitarian": ("21", "22"),
    "financial-institution": ("40", "90"),
    "donor": ("60", "90"),
    "private-sector": ("70", "71", "72", "73"),
    "foundation": ("60",),
    "academic": ("80",),
    "individual-donor": ("90",),
    "national-authority": ("10", "11"),
    "national-commission": ("10",),
}
"""Category of partners: IATI organisation types that go with it."""

OWN: Final = text("League of Fictional Harbours", "Ligue des ports fictifs", "رابطة الموانئ الخيالية")
"""The organisation whose register the demonstration is."""

FICTIONAL: Final = text(
    "Fictional, like everything in this register.",
    "Fiction, comme tout ce qui figure dans ce registre.",
    "معطيات خيالية، شأنها شأن كل ما في هذا السجل.",
)

AT_WORK: Final = (
    text(
        "At work in {place} since {year}, beside the schools, libraries and town councils of the coast.",
        "Présence à {place} depuis {year}, auprès des écoles, des bibliothèques et des communes de la côte.",
        "حضور في {place} منذ عام {year} إلى جانب المدارس والمكتبات ومجالس المدن الساحلية.",
    ),
    text(
        "Known in {place} since {year} for a season of workshops that bring young people and craftsmen together.",
        "Réputation acquise à {place} depuis {year} par une saison d’ateliers où se rencontrent jeunes et artisans.",
        "سمعة راسخة في {place} منذ عام {year} بفضل موسم من الورشات يجمع الشباب والحرفيين.",
    ),
    text(
        "Active around {place} since {year}, with branches and volunteers in the neighbouring harbours.",
        "Activité autour de {place} depuis {year}, avec des antennes et des bénévoles dans les ports voisins.",
        "نشاط حول {place} منذ عام {year} يقوم على فروع ومتطوعين في الموانئ المجاورة.",
    ),
)

JOINT_WORK: Final = (
    text(
        "Joint work {field} began with an exchange of experts and grew into a shared programme.",
        "Le travail commun {field} a commencé par un échange d’experts, devenu un programme partagé.",
        "وقد بدأ العمل المشترك {field} بتبادل الخبراء ثم صار برنامجا مشتركا.",
    ),
    text(
        "Its reports on cooperation {field} are public and appear every spring.",
        "Ses rapports sur la coopération {field} sont publics et paraissent chaque printemps.",
        "وتصدر تقارير التعاون {field} علنا في كل ربيع.",
    ),
    text(
        "Its experts take part in studies and meetings {field} at their own cost.",
        "Ses experts participent à leurs frais aux études et aux réunions {field}.",
        "ويشارك الخبراء على نفقتهم في الدراسات والاجتماعات {field}.",
    ),
)

CONDITIONS: Final = (
    (
        "reports",
        text(
            "A report in two languages within {months} months of each activity.",
            "Un rapport en deux langues dans les {months} mois suivant chaque activité.",
            "تقرير بلغتين خلال {months} أشهر من كل نشاط.",
        ),
        "Rules of cooperation, article 12",
    ),
    (
        "visibility",
        text(
            "Its emblem stands on the joint publications of the first {months} months.",
            "Son emblème figure sur les publications communes des {months} premiers mois.",
            "ظهور شعاره على الإصدارات المشتركة للأشهر الأولى وعددها {months}.",
        ),
        "Rules of publication, article 4",
    ),
    (
        "audit",
        text(
            "Accounts are open to its auditors for {months} years.",
            "Les comptes restent ouverts à ses vérificateurs pendant {months} ans.",
            "إتاحة الحسابات لمدققيه مدة {months} سنوات.",
        ),
        "Financial rules, article 31",
    ),
)

AGREEMENT_TITLES: Final[Mapping[str, Text]] = {
    "cooperation-agreement": text("Cooperation agreement", "Accord de coopération", "اتفاقية تعاون"),
    "memorandum-of-understanding": text("Memorandum of understanding", "Mémorandum d’entente", "مذكرة تفاهم"),
    "programme-of-action": text("Programme of action", "Programme d’action", "برنامج عمل"),
    "protocol": text("Protocol", "Protocole", "بروتوكول"),
    "exchange-of-letters": text("Exchange of letters", "Échange de lettres", "تبادل رسائل"),
}

ACTIVITY_TITLES: Final[Mapping[str, Text]] = {
    "conference": text("Conference of {place}", "Conférence de {place}", "مؤتمر {place}"),
    "forum": text("Forum of {place}", "Forum de {place}", "منتدى {place}"),
    "symposium": text("Symposium of {place}", "Colloque de {place}", "ندوة {place}"),
    "training": text("Training in {place}", "Formation à {place}", "دورة تدريبية في {place}"),
    "study": text("Study on {place}", "Étude sur {place}", "دراسة عن {place}"),
    "publication": text("Atlas of {place}", "Atlas de {place}", "أطلس {place}"),
    "prize": text("Prize of {place}", "Prix de {place}", "جائزة {place}"),
    "donors-conference": text(
        "Donors’ conference of {place}", "Conférence des donateurs de {place}", "مؤتمر مانحي {place}"
    ),
}


def filled(words: Text, place: tuple[str, str], **values: str | int | Text) -> Text:
    """Return `words` with the place, in Latin and Arabic letters, and other values put in."""
    return {
        language: sentence.format(
            place=place[1] if language == "ar" else place[0],
            **{name: value[language] if isinstance(value, dict) else value for name, value in values.items()},
        )
        for language, sentence in words.items()
    }


def joined(*parts: Text, by: str = " ") -> Text:
    """Return the parts, one after the other, in each language."""
    return {language: by.join(part[language] for part in parts) for language in parts[0]}
