"""Orders to answer badly strike whom they name, as often as they say."""

from bot.standins.faults import Fault, Faults, Wrong

POST = "sendMessage"


def struck(faults: Faults, *calls: tuple[str, str]) -> list[bool]:
    """Return for each call, a method and a room, whether something goes wrong."""
    return [faults.next(method, room, posts=method == POST) is not None for method, room in calls]


def test_an_order_strikes_its_room_and_what_posts_as_often_as_it_says() -> None:
    faults = Faults()
    faults.add(Fault(Wrong.BAD, room="7", times=2))

    found = struck(faults, (POST, "8"), ("getChat", "7"), (POST, "7"), (POST, "7"), (POST, "7"))

    assert found == [False, False, True, True, False]
    assert len(faults.done) == 2


def test_an_order_for_one_method_leaves_the_others_alone() -> None:
    faults = Faults()
    faults.add(Fault(Wrong.BROKEN, method="getChat", times=None))

    assert struck(faults, (POST, "7"), ("getChat", "7"), ("getChat", "8")) == [False, True, True]


def test_the_first_order_that_fits_is_carried_out_and_all_can_be_taken_back() -> None:
    faults = Faults()
    for wrong in (Wrong.LIMITED, Wrong.BROKEN):
        faults.add(Fault(wrong))

    struck(faults, (POST, "7"), (POST, "7"))
    faults.add(Fault(Wrong.BAD))
    faults.clear()

    assert [fault.wrong for fault in faults.done] == [Wrong.LIMITED, Wrong.BROKEN]
    assert struck(faults, (POST, "7")) == [False]


def test_chance_strikes_about_so_often_and_the_same_calls_each_time() -> None:
    runs = []
    for _ in range(2):
        faults = Faults()
        faults.add(Fault(Wrong.LIMITED, chance=0.05, times=None))
        runs.append(struck(faults, *[(POST, "7")] * 10_000))

    assert 400 < sum(runs[0]) < 600
    assert runs[0] == runs[1]
