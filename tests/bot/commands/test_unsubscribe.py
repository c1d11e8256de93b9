"""/unsubscribe, typed as people do, and pressed under lists that are old."""

import pytest

from tests.fakes import feed


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world technology")
    return person


@pytest.mark.parametrize("typed", ["3", "circuit", "Circuit", "CIRC", "https://feeds.example/4.xml"])
async def test_source_is_dropped_by_number_name_or_address(reader, typed):
    said = await reader.types(f"/unsubscribe {typed}")

    assert reader.follows == ["Harbour Post", "Valley Times"]
    assert "No longer following Circuit." in said.text


async def test_button_of_an_old_list_drops_what_it_named_and_nothing_else(reader):
    old = await reader.types("/sources")

    await reader.presses(old, "✕ 1")
    await reader.presses(old, "✕ 2")

    assert reader.follows == ["Circuit"]


async def test_button_pressed_twice_drops_once(reader):
    old = await reader.types("/sources")
    await reader.presses(old, "✕ 1")

    said = await reader.presses(old, "✕ 1")

    assert "don't follow that one any more" in said.text
    assert reader.follows == ["Valley Times", "Circuit"]


@pytest.mark.parametrize("typed", ["0", "4", "99", "²", "-1", "Nowhere News", "feed:77"])
async def test_what_is_not_followed_is_answered_with_where_to_look(reader, typed):
    said = await reader.types(f"/unsubscribe {typed}")

    assert "/sources" in said.text
    assert "our side" not in said.text
    assert len(reader.follows) == 3


async def test_number_too_high_drops_no_feed_that_has_it_in_its_name(reader):
    reader.desk.places["https://five.example/"] = feed(50, "Channel 5 News")
    await reader.types("/subscribe https://five.example/")

    await reader.types("/unsubscribe 5")

    assert "Channel 5 News" in reader.follows


async def test_name_that_means_several_is_asked_again(reader):
    reader.desk.places["https://x.example/"] = feed(50, "Harbour Sport")
    await reader.types("/subscribe https://x.example/")

    said = await reader.types("/unsubscribe harbour")

    assert "Which one: Harbour Post, Harbour Sport?" in said.text
    assert len(reader.follows) == 4


async def test_without_a_word_the_list_is_shown(reader):
    said = await reader.types("/unsubscribe")

    assert "3. Circuit" in said.text


async def test_last_source_dropped_is_answered_with_a_way_on(person):
    await person.types("/subscribe technology")

    said = await person.types("/unsubscribe 1")

    assert "Nothing is followed here" in said.text
    assert "/subscribe" in said.text
