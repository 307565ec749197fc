"""The proxy that QGIS is set to, for all that does not go through Qt."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyQuery


def proxy_of(url: str) -> str | None:
    """Return the address of the proxy that QGIS's settings name for a URL.

    Returns
    -------
    str or None
        Begins with ``http`` or ``socks5h``, and may hold a password; empty where the settings say
        that there is none, None where they leave that to the environment.
    """
    if not QgsSettings().value("proxy/proxyEnabled", False, type=bool):
        return None
    # not QNetworkProxyFactory.proxyForQuery, which knows nothing of QGIS's settings
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
