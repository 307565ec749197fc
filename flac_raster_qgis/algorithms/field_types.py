"""Types of the fields of layers, under the names that this version of QGIS has for them."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis

if Qgis.QGIS_VERSION_INT >= 33800:
    from qgis.PyQt.QtCore import QMetaType

    INTEGER: Any = QMetaType.Type.LongLong
    NUMBER: Any = QMetaType.Type.Double
    TEXT: Any = QMetaType.Type.QString
    TIME: Any = QMetaType.Type.QDateTime
else:
    from qgis.PyQt.QtCore import QVariant

    INTEGER = QVariant.LongLong  # noqa: QGS402
    NUMBER = QVariant.Double  # noqa: QGS402
    TEXT = QVariant.String  # noqa: QGS402
    TIME = QVariant.DateTime  # noqa: QGS402
