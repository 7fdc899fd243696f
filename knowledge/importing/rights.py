"""Licences in cells."""

from knowledge.importing.cells import Cells
from licensing.fields import LicenceField
from licensing.values import Licence, licence

LICENCES = "como em licenca, ou Todos os direitos reservados"


def read_licence(cells: Cells, name: str, reserved: bool = False) -> Licence | None:
    """A licence, by its SPDX identifier or its short name."""
    licences = LicenceField(reserved=reserved).licences
    if cells.values.get(name) in {item.identifier for item in licences}:
        return licence(cells.values[name])
    return cells.choice(name, {item.short_name: item for item in licences}, "a licença")
