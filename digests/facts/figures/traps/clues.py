"""What more than one kind of trap looks for beside a number."""

DASHES = frozenset("-‐‑–—−")
UNITS = frozenset(
    "% percent sq square m km kg g mb gb mah rpm hp feet foot ft miles metres meters acres hectares "
    "tonnes tons pounds dollars euros yen yuan calories degrees points p cc mg ml litres gallons "
    "kilometres kilometers yards people volts watts hz mhz nm bps psi mw kw lb lbs".split()
)
