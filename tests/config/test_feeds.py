"""The bundled catalogue is well formed, and a wrong line is named."""

import pytest

from config.catalogue import TOPICS, CatalogueError, catalogue

GOOD = {
    "outlet": "Example Times",
    "url": "https://example.org/rss",
    "country": "GB",
    "language": "en",
    "topic": "World",
}


def written(tmp_path, *feeds):
    lines = (", ".join(f"{name} = {value!r}" for name, value in feed.items()) for feed in feeds)
    path = tmp_path / "feeds.toml"
    path.write_text("feed = [\n" + "".join(f"{{ {line} }},\n" for line in lines) + "]\n", encoding="utf-8")
    return path


def test_bundled_catalogue_has_at_least_150_feeds():
    assert len(catalogue()) >= 150


def test_bundled_catalogue_fills_every_topic_with_several_feeds():
    for topic in TOPICS:
        assert sum(feed.topic == topic for feed in catalogue()) >= 5, topic


def test_bundled_catalogue_speaks_at_least_six_languages_with_several_feeds_each():
    languages = [feed.language for feed in catalogue()]

    assert sum(languages.count(language) >= 5 for language in set(languages)) >= 6


def test_no_feed_of_the_catalogue_carries_credentials_or_a_fragment():
    assert not [feed for feed in catalogue() if "@" in feed.url or "#" in feed.url]


def test_feeds_keep_the_order_of_the_file(tmp_path):
    second = {**GOOD, "outlet": "Second", "url": "https://example.org/2"}

    feeds = catalogue(written(tmp_path, GOOD, second))

    assert [feed.outlet for feed in feeds] == ["Example Times", "Second"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("outlet", " ", "outlet is empty"),
        ("url", "ftp://example.org", "url must"),
        ("url", "https://[broken", "url must"),
        ("url", "https://example.org/a b", "url must"),
        ("country", "UK!", "country must"),
        ("language", "English", "language must"),
        ("topic", "Gossip", "topic must be one of World"),
    ],
)
def test_a_wrong_value_is_named_with_its_outlet(tmp_path, field, value, said):
    feed = {**GOOD, field: value}

    with pytest.raises(CatalogueError, match=said) as error:
        catalogue(written(tmp_path, feed))

    assert str(error.value).startswith(feed["outlet"])


def test_missing_and_unknown_fields_are_all_named_at_once(tmp_path):
    feed = {"outlet": "Example Times", "link": "https://example.org", "country": "GB", "language": "en"}

    with pytest.raises(CatalogueError) as error:
        catalogue(written(tmp_path, feed))

    assert str(error.value).splitlines() == [
        "Example Times: url is missing",
        "Example Times: topic is missing",
        "Example Times: link is no field of a feed",
    ]


def test_a_feed_without_a_name_is_counted(tmp_path):
    nameless = {name: value for name, value in GOOD.items() if name != "outlet"}

    with pytest.raises(CatalogueError, match="feed 2: outlet is missing"):
        catalogue(written(tmp_path, GOOD, nameless))


@pytest.mark.parametrize("twin", [{"url": "https://example.org/2"}, {"outlet": "Other"}])
def test_a_feed_that_stands_twice_is_refused(tmp_path, twin):
    with pytest.raises(CatalogueError, match="stands twice"):
        catalogue(written(tmp_path, GOOD, {**GOOD, **twin}))


@pytest.mark.parametrize("text", ["feed = [", "feed = 7", "", "feed = [7]"])
def test_a_file_of_another_shape_is_refused(tmp_path, text):
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError):
        catalogue(path)
