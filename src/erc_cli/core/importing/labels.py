"""Words of the vocabularies by what people call them, in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from erc_cli.core.house import House
from erc_cli.core.records.base import Part
from erc_cli.core.records.kinds import choices_of
from erc_cli.core.records.shape import FieldShape
from erc_cli.core.records.types import Vocabulary
from erc_cli.core.text import fold
from erc_cli.core.vocabularies import USUAL
from erc_cli.core.words import Words

_ALSO: Final = {
    "unspecified": "agreement, accord, convention, اتفاق, اتفاقية, other, autre, أخرى",
    "cooperation-agreement": (
        "agreement of cooperation, accord-cadre de coopération, convention de coopération, "
        "اتفاق تعاون, framework agreement, accord-cadre, اتفاقية إطارية"
    ),
    "memorandum-of-understanding": (
        "MoU, memorandum, mémorandum, mémorandum d'accord, protocole d'entente, PE, مذكرة, مذكرة التفاهم"
    ),
    "programme-of-action": (
        "program of action, executive programme, executive program, plan of action, "
        "programme exécutif, programme d'action, برنامج تنفيذي, البرنامج التنفيذي, برنامج عمل"
    ),
    "protocol": "protocole, بروتوكول",
    "exchange-of-letters": "letters, échange de lettres, تبادل رسائل, تبادل الرسائل",
    "governmental": (
        "IGO, intergovernmental, intergovernmental organization, OIG, intergouvernementale, "
        "gouvernementale, منظمة حكومية, حكومية"
    ),
    "non-governmental": "NGO, ONG, non gouvernementale, منظمة غير حكومية, غير حكومية",
    "civil-society": "CSO, OSC, civil society organization, organisation de la société civile, مجتمع مدني",
    "financial-institution": "bank, banque, fund, fonds, بنك, صندوق",
    "donor": "bailleur, bailleur de fonds, donateur, جهة مانحة, مانح",
    "private-sector": "company, entreprise, société, شركة, قطاع خاص",
    "foundation": "fondation, مؤسسة خيرية",
    "academic": "university, université, universitaire, جامعة, أكاديمية",
    "national-commission": "natcom, commission nationale, اللجنة الوطنية, لجنة وطنية",
    "national-authority": "ministry, ministère, government, gouvernement, وزارة, حكومة",
}
"""Word: what it is called besides."""


def labels_of(model: type[Part], field: FieldShape, house: House, languages: Iterable[Words]) -> dict[str, str]:
    """Return the folded names of the words that a field may hold, to these words."""
    marks = [mark for mark in field.marks if isinstance(mark, Vocabulary)]
    words: Sequence[str] = choices_of(model, field.key)
    found: dict[str, str] = {}
    for mark in marks:
        words = [*USUAL.get(mark.name, ()), *house.terms]
    for word in words:
        found.update({fold(name): word for name in _ALSO.get(word, "").split(", ") if name})
    for word in words:
        found.update({fold(language.value(word)): word for language in languages})
        found.update({fold(name): word for name in house.terms.get(word, {}).values()})
        found[fold(word)] = word
    return found
