"""Reads a feed with python3-icalendar and prints what it understood, one event a line."""
import sys

from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
for part in calendar.walk():
    if part.errors:
        sys.exit(f"{part.name}: {part.errors}")
zones = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
print("zones", ",".join(zones))
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART")
    print("|".join([
        str(event["UID"]),
        str(event["SEQUENCE"]),
        start.isoformat(),
        str(int((event.decoded("DTEND") - start).total_seconds())),
        str(event["STATUS"]),
        str(event["SUMMARY"]),
        str(event["LOCATION"]),
        str(len(event.walk("VALARM"))),
    ]))
