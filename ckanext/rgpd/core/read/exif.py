"""The tags of Exif and TIFF in which people write, and the place where a picture was taken."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_TEXTS = {
    0x010E: "ImageDescription",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x8298: "Copyright",
    0x9286: "UserComment",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "Author",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0xA430: "CameraOwnerName",
}
#: What the place is called where a picture was taken.
POSITION = "GPS position"
_EXIF, _GPS = 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 10: 8}
_MOST_DIRECTORIES = 32
_MOST_TAGS = 1_000

#: Tag -> kind and bytes.
Directory = dict[int, tuple[int, bytes]]


def tags(data: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of each tag; raises struct.error where the offsets lead nowhere."""
    order = "<" if data[:2] == b"II" else ">"
    waiting = [struct.unpack(f"{order}I", data[4:8])[0]]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        start = waiting.pop()
        if not start or start in seen:
            continue
        seen.add(start)
        directory, after = _directory(data, start, order)
        waiting.append(after)
        for tag, name in _TEXTS.items():
            if tag in directory:
                yield name, _text(name, directory[tag][1])
        if _EXIF in directory:
            waiting.append(struct.unpack(f"{order}I", directory[_EXIF][1][:4])[0])
        if _GPS in directory:
            offset = struct.unpack(f"{order}I", directory[_GPS][1][:4])[0]
            yield from _position(_directory(data, offset, order)[0], order)


def _directory(data: bytes, start: int, order: str) -> tuple[Directory, int]:
    count = struct.unpack(f"{order}H", data[start : start + 2])[0]
    found: Directory = {}
    for number in range(min(count, _MOST_TAGS)):
        at = start + 2 + 12 * number
        tag, kind, length = struct.unpack(f"{order}HHI", data[at : at + 8])
        size = _SIZES.get(kind, 1) * length
        if size > 4:
            at = struct.unpack(f"{order}I", data[at + 8 : at + 12])[0] - 8
        found[tag] = (kind, data[at + 8 : at + 8 + size])
    end = start + 2 + 12 * count
    after = data[end : end + 4]
    return found, struct.unpack(f"{order}I", after)[0] if len(after) == 4 else 0


def _text(name: str, value: bytes) -> str:
    if name.startswith("XP") or name == "Author":
        return value.decode("utf-16-le", "replace").strip("\0")
    if name == "UserComment":
        value = value[8:]
    return value.decode("utf-8", "replace").strip(" \0")


def _position(gps: Directory, order: str) -> Iterator[tuple[str, str]]:
    """Latitude and longitude in degrees, in one value."""
    if 2 not in gps or 4 not in gps:
        return
    south = gps.get(1, (2, b"N"))[1][:1] == b"S"
    west = gps.get(3, (2, b"E"))[1][:1] == b"W"
    latitude, longitude = (_degrees(gps[tag][1], order) for tag in (2, 4))
    yield (
        POSITION,
        f"{-latitude if south else latitude:.6f}, {-longitude if west else longitude:.6f}",
    )


def _degrees(value: bytes, order: str) -> float:
    parts = struct.unpack(f"{order}6I", value[:24])
    ratios = [
        top / bottom if bottom else 0.0 for top, bottom in zip(parts[::2], parts[1::2], strict=True)
    ]
    return ratios[0] + ratios[1] / 60 + ratios[2] / 3600
