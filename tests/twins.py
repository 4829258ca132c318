"""Cases with answers known by hand, which Python's functions and their twins in the browser must both give."""

from datetime import date

EPOCH = date(1970, 1, 1)

# Points on a picture, the side of a mark's box, and which of them become one cluster. Two marks of a box of 24 have a
# radius of 9.5 each and cover each other when they are nearer than 0.9 * 19 = 17.1.
GROUPS = [
    ([], 24.0, []),
    ([(0, 0), (10, 0), (100, 0)], 24.0, [[0, 1], [2]]),
    ([(0, 0), (17, 0)], 24.0, [[0, 1]]),
    ([(0, 0), (17.2, 0)], 24.0, [[0], [1]]),
    ([(0, 0), (17.2, 0)], 46.0, [[0, 1]]),  # of military symbols, whose radius is 20.5
    # Two together reach 13 + 2.6 = 15.6 from (5, 0), and so cover what lies nearer to it than 0.9 * 25.1 = 22.59.
    ([(0, 0), (10, 0), (27.5, 0), (27.7, 0)], 24.0, [[0, 1, 2, 3]]),
    ([(0, 0), (10, 0), (27.7, 0)], 24.0, [[0, 1], [2]]),
    # The first pass joins 2 and then 3 to 0; only the second finds that 1, which is before them, is within reach, too.
    ([(0, 0), (20, 0), (0, 16), (20, 16)], 24.0, [[0, 2, 3, 1]]),
]  # fmt: skip

# How many a cluster holds, the side of a mark's box, and the radius: log2 of 1, 2, 4 and 1024 is 0, 1, 2 and 10.
RADII = [(1, 24.0, 9.5), (1, 46.0, 20.5), (2, 24.0, 15.6), (4, 24.0, 18.2), (1024, 24.0, 27.0)]

# Incidents as (latitude, longitude, category), the most cells there may be, and the answer: cells as (latitude,
# longitude, {category: count}), and which are alone. In Europe and at zoom 5 a cell is 56 / 8192 of the world wide,
# that is 2.46 degrees.
AROUND = (-10.0, 35.0, 45.0, 72.0)
CELLS = [
    ([], 600, [], []),
    (
        [(50.0, 20.0, "crash"), (50.0, 20.01, "crash"), (50.0, 30.0, "crash"), (50.0, 90.0, "crash")],
        600,
        [(50.0, 20.005, {"crash": 2})],
        [2],
    ),
    ([(50.0, 20.0, "crash"), (50.2, 20.2, "debris")], 600, [(50.1, 20.1, {"crash": 1, "debris": 1})], []),
    # With one cell at most they double in size until all are in one.
    ([(50.0, 20.0, "crash"), (50.0, 26.0, "debris")], 1, [(50.0, 23.0, {"crash": 1, "debris": 1})], []),
]

# A day, a unit, and the first and the last day of the period that it lies in. 28 July 2025 was a Monday.
PERIODS = [
    ("2025-07-28", "day", "2025-07-28", "2025-07-28"),
    ("2025-07-28", "week", "2025-07-28", "2025-08-03"),
    ("2025-08-03", "week", "2025-07-28", "2025-08-03"),
    ("2025-07-27", "week", "2025-07-21", "2025-07-27"),
    ("2024-02-29", "month", "2024-02-01", "2024-02-29"),
    ("2025-12-31", "month", "2025-12-01", "2025-12-31"),
    ("1970-01-01", "week", "1969-12-29", "1970-01-04"),
    ("1969-12-31", "month", "1969-12-01", "1969-12-31"),
    ("1969-12-28", "week", "1969-12-22", "1969-12-28"),
]

# Whole numbers as text, five bits a character, the sign in the last bit: 16 is 32 in six bits, 00000 and then 1.
PACKED = [([], ""), ([0, -1, 1, 15, -16], "?@A]^"), ([16, -17, 100_000], "_@`@_ibE")]

# Latitude and longitude, and the square of one metre of MGRS that the place lies in.
SQUARES = [
    (55.05, 24.37, "35U LB 31992 03516"),  # Gaižiūnai, just east of zone 34
    (54.6, 25.72, "35U MA 17309 51034"),  # Šumskas
    (45.17, 29.66, "35T QL 09027 05277"),  # the Danube's delta
    (60.39, 5.32, "32V KN 97230 00510"),  # Bergen, which zone 32 takes from zone 31
    (56.5, 3.5, "32V JH 61622 75290"),
    (55.99, 3.5, "31U EC 31191 05079"),  # the band below, which has zones of six degrees
    (78.22, 15.65, "33X WG 14813 83004"),  # Longyearbyen; Svalbard has zones of twelve degrees
    (72.5, 8.9, "31X FA 97737 54424"),
    (72.5, 9.1, "33X UA 02262 54424"),
    (69.9, 29.99, "35W PT 14639 57531"),
    (69.9, 30.0, "36W UC 84977 57550"),
    (38.8895, -77.0353, "18S UJ 23478 06483"),  # the Washington Monument
    (-33.8568, 151.2153, "56H LH 34900 52288"),  # Sydney Opera House
]


def day(text: str) -> int:
    """A date as days since 1 January 1970."""
    return (date.fromisoformat(text) - EPOCH).days


# Towns as points, points of marks and of the flank border, kilometres in a pixel, and by how much each town counts
# for more than its size: 3 within 90 pixels and 75 km of a mark, 1.5 within as much of the border, else 1.
NEARNESS = [
    ([(0, 0), (89, 0), (91, 0)], [(0, 0)], [], 0.5, [3, 3, 1]),
    ([(74, 0), (76, 0)], [(0, 0)], [], 1.0, [3, 1]),  # 75 km are 75 pixels here
    ([(0, 0), (80, 0)], [], [(0, 0)], 0.5, [1.5, 1.5]),
    ([(0, 0), (170, 0)], [(85, 0)], [(0, 0), (170, 0)], 0.5, [3, 3]),  # what is near both counts as near the mark
    ([(-1, -1), (500, 500)], [(1, 1)], [(480, 480)], 0.5, [3, 1.5]),
    ([(0, 0)], [], [], 0.5, [1]),
]
# Zooms and the least rank of a town that is named there: 600,000 at zoom 5, and 2 to the power of 1.55 less at each.
LEAST = [(5, 600_000.0), (7, 69_972.0), (9, 8_160.2)]
