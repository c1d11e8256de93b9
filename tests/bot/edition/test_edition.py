"""The bundled edition holds what the demo and the tests promise of it."""

import re
from collections import Counter

from bot.edition import load
from bot.edition.model import Fault, FeedFormat

EDITION = load()


def test_edition_is_large_enough_for_a_morning():
    assert len([outlet for outlet in EDITION.outlets if outlet.fault is None]) >= 12
    assert len(EDITION.events) >= 20
    assert len(EDITION.pieces) >= 60


def test_every_event_is_told_by_two_to_five_different_outlets():
    for event in EDITION.events:
        outlets = [piece.outlet for piece in event.pieces]
        assert 2 <= len(outlets) <= 5, event.name
        assert len(set(outlets)) == len(outlets), event.name


def test_events_spread_over_the_topics():
    topics = {event.topic for event in EDITION.events}

    assert topics == {
        *("World", "Politics", "Business", "Technology", "Science", "Health", "Climate", "Sport", "Culture")
    }


def test_every_piece_belongs_to_an_outlet_that_works():
    working = {outlet.key for outlet in EDITION.outlets if outlet.fault is None}

    assert {piece.outlet for piece in EDITION.pieces} == working


def test_no_outlet_has_more_news_than_a_first_fetch_takes():
    assert max(Counter(piece.outlet for piece in EDITION.pieces).values()) <= 5


def test_all_formats_of_feed_and_all_faults_occur():
    formats = Counter(outlet.feed for outlet in EDITION.outlets if outlet.fault is None)

    assert all(formats[each] >= 2 for each in FeedFormat)
    assert {outlet.fault for outlet in EDITION.outlets} == {None, *Fault}
    assert any(outlet.dribble for outlet in EDITION.outlets)


def test_titles_paths_keys_and_names_are_unique():
    for values in (
        [piece.title for piece in EDITION.pieces],
        [piece.path for piece in EDITION.pieces],
        [outlet.key for outlet in EDITION.outlets],
        [outlet.name for outlet in EDITION.outlets],
    ):
        assert len(set(values)) == len(values)


def test_pieces_are_as_long_as_news_is():
    for piece in EDITION.pieces:
        assert 150 <= len(piece.text.split()) <= 350, piece.title


def test_pieces_of_one_day_only():
    assert all(0 < piece.minutes < 24 * 60 for piece in EDITION.pieces)


def test_paragraphs_are_single_lines_without_stray_spaces():
    for piece in EDITION.pieces:
        for paragraph in piece.paragraphs:
            assert paragraph == " ".join(paragraph.split()), piece.title


def test_straight_marks_come_in_pairs():
    for piece in EDITION.pieces:
        for paragraph in piece.paragraphs:
            assert paragraph.count('"') % 2 == 0, (piece.title, paragraph)


def test_curly_marks_come_in_pairs():
    for piece in EDITION.pieces:
        for paragraph in piece.paragraphs:
            assert paragraph.count("“") == paragraph.count("”"), (piece.title, paragraph)
            assert paragraph.count("‘") <= paragraph.count("’"), (piece.title, paragraph)


def test_every_piece_quotes_somebody():
    for piece in EDITION.pieces:
        assert re.search(r'["“‘]\w', piece.text), piece.title


def test_every_piece_states_figures():
    for piece in EDITION.pieces:
        assert len(re.findall(r"\d", piece.text)) >= 3, piece.title


def test_a_page_is_found_by_url_with_tracking_and_as_light_page():
    piece = EDITION.pieces[0]

    assert EDITION.piece_at(f"http://127.0.0.1:8000{piece.path}?utm_source=feed") is piece
    assert EDITION.piece_at(f"/amp{piece.path}") is piece
    assert EDITION.piece_at("http://127.0.0.1:8000/") is None


def test_pieces_of_an_outlet_come_newest_first():
    minutes = [piece.minutes for piece in EDITION.pieces_of("meridian")]

    assert minutes == sorted(minutes)
    assert len(minutes) == 5
