"""The proxy settings of QGIS, for connections outside of Qt."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyQuery


def proxy_of(url: str) -> str | None:
    """Return the URL of the proxy that the settings of QGIS choose for a URL.

    It starts with ``http`` or ``socks5h``, and may contain a password. Empty if the settings
    choose no proxy; None if they leave the choice to the environment.
    """
    if not QgsSettings().value("proxy/proxyEnabled", False, type=bool):
        return None
    # QNetworkProxyFactory.proxyForQuery ignores the settings of QGIS
    factory = QgsNetworkAccessManager.instance().proxyFactory()
    proxy = factory.queryProxy(QNetworkProxyQuery(QUrl(url)))[0]
    kinds = QNetworkProxy.ProxyType
    schemes = {
        kinds.HttpProxy: "http",
        kinds.HttpCachingProxy: "http",
        kinds.Socks5Proxy: "socks5h",
    }
    if proxy.type() not in schemes:
        return ""
    login = ""
    if proxy.user():
        login = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"
    return f"{schemes[proxy.type()]}://{login}{proxy.hostName()}:{proxy.port()}"
