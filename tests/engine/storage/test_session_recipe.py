"""What authenticates in a recipe is what is sent, whatever a user's .netrc says."""

import base64

import pytest
from flac_raster_qgis.engine.storage.remote.session_recipe import SessionRecipe
from kits.remote import open_hasty, part

OWN = {"Authorization": "Bearer of-the-recipe"}
OF_NETRC = "Basic " + base64.b64encode(b"ann:hush").decode("ascii")


@pytest.fixture(autouse=True)
def netrc(tmp_path, monkeypatch):
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login ann password hush\n")
    monkeypatch.setenv("NETRC", str(file))


@pytest.mark.parametrize(
    ("recipe", "sent"),
    [
        (SessionRecipe(), OF_NETRC),  # as for users without QGIS
        (SessionRecipe({"X-Name": "x"}), OF_NETRC),
        (SessionRecipe(OWN), OWN["Authorization"]),
        (SessionRecipe({"authorization": "Basic x"}), "Basic x"),
        (SessionRecipe(OWN, is_authenticated=True), OWN["Authorization"]),
        # by a certificate, another header, or a key in the URL
        (SessionRecipe({"X-Key": "k"}, is_authenticated=True), None),
        (SessionRecipe(is_authenticated=True), None),
    ],
)
def test_authorization(serve, recipe, sent):
    server = serve(part(bytes(100)))
    with recipe.session() as session:
        open_hasty(server.url, session=session).close()
    (request,) = server.requests
    assert request.headers.get("authorization") == sent
    for name, value in recipe.headers.items():
        assert request.headers[name.lower()] == value
