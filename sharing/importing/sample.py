"""A spreadsheet to begin with: the columns of a guide, and one line that comes in as it stands."""

import csv
import io

from knowledge.importing.bodies import BODY
from sharing.importing.columns import COMMON

_LEFT_EMPTY = ("endereco", "capa", "imagens_autoria", "imagens_licenca", "imagens_autorizacao")


def sample_csv() -> str:
    """The file, as Excel in Portuguese opens and saves it: a mark for UTF-8, and semicolons."""
    columns = [column for column in (*COMMON, BODY) if column.name not in _LEFT_EMPTY]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerow([column.example for column in columns])
    return f"\ufeff{file.getvalue()}"
