"""When a digest is owed: what a person types of times, as instants.

timetable.py  a schedule as typed     plan.py    all wishes of the times -> the moments of digests
quiet.py      hours of rest           until.py   "3 days", "Monday" -> the end of a pause
places.py     a city -> its zone      spread.py  many at one moment -> a window, and a place in it
typed.py      the words for days and lengths, in each language that we speak
"""
