"""Rede Aberta tile system. Standard library only.

cover(slug, theme, fmt) returns an SVG string. Same input, same bytes, for ever.
Change nothing below without raising VERSION: published covers depend on it.
"""
import hashlib
from html import escape

VERSION = 1
U = 60  # a module is drawn on a 60 x 60 square

INK = {
    "tinta": "#0f333b", "petroleo": "#11596a", "ceu": "#a3ccc6", "papel": "#f8f2e4",
    "areia": "#e4d3ac", "ipe": "#f2b632", "barro": "#b24d2c", "folha": "#3a7346",
}

# theme: (modules, colourways). Module = list of (role, path); f = figure, a = accent.
# Every colourway is (ground, figure, accent).
_VIA = lambda r: f"M{r-5} 0A{r-5} {r-5} 0 0 1 0 {r-5}V{r+5}A{r+5} {r+5} 0 0 0 {r+5} 0Z"
THEMES = {
    # stacked coins that step down
    "financas": ([
        [("f", "M0 2H60V18H0zM0 22H34a8 8 0 0 1 0 16H0zM0 42H14a8 8 0 0 1 0 16H0z"),
         ("a", "M36 50a8 8 0 1 0 16 0a8 8 0 1 0-16 0z")],
        [("f", "M0 2H60V18H0zM0 22H34a8 8 0 0 1 0 16H0zM0 42H14a8 8 0 0 1 0 16H0z")],
    ], [("tinta", "ipe", "papel"), ("ipe", "tinta", "papel"), ("areia", "tinta", "barro")]),
    # shields in a chain of chevrons
    "seguranca": ([
        [("f", "M0 0L30 30L60 0V24L30 54L0 24z"), ("a", "M14 0H46L30 16z")],
        [("f", "M0 0L30 30L60 0V24L30 54L0 24z"), ("a", "M0 36L24 60H0zM60 36L36 60H60z")],
    ], [("tinta", "barro", "areia"), ("papel", "tinta", "barro"), ("barro", "tinta", "areia")]),
    # a fan of pages opening from a spine
    "educacao": ([
        [("f", "M30 60L0 60V34zM30 60L0 8V0H14zM30 60L24 0H36zM30 60L46 0H60V8zM30 60L60 34V60z"),
         ("a", "M14 60a16 16 0 0 1 32 0z")],
        [("f", "M30 60L0 60V34zM30 60L0 8V0H14zM30 60L24 0H36zM30 60L46 0H60V8zM30 60L60 34V60z")],
    ], [("barro", "papel", "ipe"), ("papel", "barro", "tinta"), ("petroleo", "papel", "ipe")]),
    # a cross, half carved round and half carved square
    "saude": ([
        [("f", "M24 0A24 24 0 0 1 0 24V36H24V60H36V36H60V24A24 24 0 0 1 36 0z"),
         ("a", "M0 0H17A17 17 0 0 1 0 17z")],
        [("f", "M24 0A24 24 0 0 1 0 24V36H24V60H36V36H60V24A24 24 0 0 1 36 0z"),
         ("a", "M60 60H43V43H60z")],
    ], [("folha", "papel", "ipe"), ("papel", "folha", "barro"), ("ceu", "tinta", "papel")]),
    # blocks, streets and one square
    "planejamento-urbano": ([
        [("f", "M0 0H34V22H0zM42 0H60V22H42zM0 30H18V60H0zM26 30H60V60H50A24 24 0 0 0 26 36z"),
         ("a", "M26 44A16 16 0 0 1 42 60H26z")],
        [("f", "M0 0H34V22H0zM42 0H60V22H42zM0 30H18V60H0zM26 30H60V60H26z")],
    ], [("areia", "petroleo", "barro"), ("petroleo", "areia", "ipe"), ("barro", "papel", "tinta")]),
    # a leaf split along its vein, with a seed
    "meio-ambiente": ([
        [("f", "M0 60A60 60 0 0 1 60 0z"), ("a", "M0 60A60 60 0 0 0 60 0z")],
        [("f", "M0 60A60 60 0 0 1 60 0A60 60 0 0 1 0 60z"), ("g", "M6 54L54 6L50 18L18 50z")],
    ], [("folha", "areia", "tinta"), ("tinta", "ipe", "folha"), ("areia", "folha", "tinta")]),
    # three lanes that always meet
    "mobilidade": ([
        [("f", _VIA(10)), ("a", _VIA(30)), ("f", _VIA(50))],
        [("f", "M5 0H15V60H5zM45 0H55V60H45z"), ("a", "M25 0H35V60H25z")],
    ], [("tinta", "ceu", "ipe"), ("petroleo", "papel", "ipe"), ("papel", "tinta", "barro")]),
    # arms around someone
    "assistencia-social": ([
        [("f", "M60 0H30A30 30 0 0 0 30 60H60V44H30A14 14 0 0 1 30 16H60z"),
         ("a", "M36 30a10 10 0 1 0 20 0a10 10 0 1 0-20 0z")],
        [("f", "M60 0H30A30 30 0 0 0 30 60H60V44H30A14 14 0 0 1 30 16H60z")],
    ], [("barro", "areia", "tinta"), ("areia", "barro", "tinta"), ("tinta", "areia", "ipe")]),
    # a person, seen from any side of the table
    "gestao-de-pessoas": ([
        [("f", "M0 60a30 30 0 0 1 60 0z"), ("a", "M18 14a12 12 0 1 0 24 0a12 12 0 1 0-24 0z")],
        [("a", "M0 60a30 30 0 0 1 60 0z"), ("f", "M18 14a12 12 0 1 0 24 0a12 12 0 1 0-24 0z")],
    ], [("ipe", "petroleo", "barro"), ("petroleo", "ipe", "papel"), ("papel", "petroleo", "barro")]),
    # bits: full, round and quarter
    "governo-digital": ([
        [("f", "M0 0H20V20H0zM40 20V0A20 20 0 0 1 60 20zM40 20H60V40H40zM0 60V40A20 20 0 0 1 20 60zM20 40H40V60H20z"),
         ("a", "M20 30a10 10 0 1 0 20 0a10 10 0 1 0-20 0z")],
        [("f", "M0 0H20V20H0zM40 20V0A20 20 0 0 1 60 20zM40 20H60V40H40zM0 60V40A20 20 0 0 1 20 60zM20 40H40V60H20z")],
    ], [("petroleo", "ceu", "ipe"), ("ceu", "tinta", "papel"), ("tinta", "ceu", "barro")]),
}
COMPOSITIONS = ("parede", "roseta", "faixas", "diagonal", "respiro", "espelho")


class Wall:
    """An endless wall. Every format is a window on the same wall."""

    def __init__(self, slug, theme):
        self.h = hashlib.sha256(slug.encode("utf-8")).digest()
        self.modules, ways = THEMES[theme]
        self.comp = COMPOSITIONS[self.h[0] % 6]
        self.way = ways[self.h[1] % 3]
        self.k = self.h[2] % 4          # rotation offset
        self.plain = self.h[3] % 2      # what a quiet tile shows: 0 ground, 1 figure

    def _b(self, x, y):                 # one byte per cell, repeating every 5 x 5
        return self.h[4 + (x % 5) + 5 * (y % 5)]

    def cell(self, x, y):
        """(variant, quarter turns, mirrored); variant None is a quiet tile."""
        b, k, c = self._b(x, y), self.k, self.comp
        v = 0 if b % 3 else 1
        if c == "parede":
            return (None if b >= 224 else v, (b >> 3) % 4, False)
        if c == "roseta":               # four tiles turn round one point
            return (v if (x // 2 + y // 2) % 2 else 0, ((0, 1), (3, 2))[y % 2][x % 2] + k, False)
        if c == "faixas":               # each course faces one way, the next answers
            return (y % 2, self.h[4 + y % 5] % 2 * 2 + k, False)
        if c == "diagonal":
            return (0, x + y + k, False)
        if c == "respiro":              # every other tile is quiet
            return (None if (x + y) % 2 else 0, (b >> 3) % 4, False)
        m = x % 4 > 1                   # espelho: every four columns mirror about their middle
        b = self._b(3 - x % 4 if m else x % 4, y)
        return (0 if b % 3 else 1, (b >> 3) % 4, m)

    def tiles(self, x0, y0, cols, rows):
        """SVG body for a window; 1 tile = U units; ground included."""
        g, f, a = (INK[n] for n in self.way)
        used, out, quiet = set(), [], []
        for y in range(rows):
            for x in range(cols):
                v, r, m = self.cell(x0 + x, y0 + y)
                if v is None:
                    if self.plain:
                        quiet.append(f"M{x*U} {y*U}h{U}v{U}h-{U}z")
                    continue
                used.add(v)
                r = r % 4
                t = f"translate({x*U+U//2} {y*U+U//2})"
                if m:
                    t += "scale(-1 1)"
                if r:
                    t += f"rotate({90*r})"
                out.append(f'<use href="#m{v}" transform="{t}"/>')
        paint = {"g": g, "f": f, "a": a}
        defs = "".join(
            f'<g id="m{v}"><g transform="translate(-30 -30)">'
            + "".join(f'<path fill="{paint[p]}" d="{d}"/>' for p, d in self.modules[v]) + "</g></g>"
            for v in sorted(used))
        body = f'<path fill="{g}" d="M0 0h{cols*U}v{rows*U}h-{cols*U}z"/>'
        if quiet:
            body += f'<path fill="{f}" d="{"".join(quiet)}"/>'
        return f"<defs>{defs}</defs>{body}{''.join(out)}"

    def grout(self, cols, rows, colour=None, width=1):
        d = "".join(f"M{x*U} 0V{rows*U}" for x in range(1, cols))
        d += "".join(f"M0 {y*U}H{cols*U}" for y in range(1, rows))
        return f'<path d="{d}" stroke="{colour or INK[self.way[0]]}" stroke-width="{width}" fill="none"/>'


# format: (columns, rows, width px, height px). All are windows on one wall.
FORMATS = {"quadro": (4, 4, 640, 640), "mini": (2, 2, 160, 160), "faixa": (12, 2, 1200, 200),
           "podcast": (4, 4, 3000, 3000)}


def cover(slug, theme, fmt="quadro"):
    w = Wall(slug, theme)
    cols, rows, pw, ph = FORMATS[fmt]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{pw}" height="{ph}" '
            f'viewBox="0 0 {cols*U} {rows*U}">{w.tiles(0, 0, cols, rows)}{w.grout(cols, rows)}</svg>')


def social(slug, theme, title_svg=""):
    """1200 x 630: a plain panel of 570 for the title, then the square wall of 630."""
    w = Wall(slug, theme)
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">'
            f'<path fill="{INK["papel"]}" d="M0 0h1200v630H0z"/>{title_svg}'
            f'<g transform="translate(570 0) scale(2.625)">{w.tiles(0, 0, 4, 4)}{w.grout(4, 4)}</g></svg>')


def title_block(lines, kind, size=60):
    """Text for the social card, set in the house's fonts. The caller breaks the lines and picks
    the size (px) with `drawings.break_title`; text is escaped here."""
    step = round(size * 1.2)
    t = "".join(f'<text x="56" y="{250 + n * step}">{escape(l)}</text>' for n, l in enumerate(lines))
    return (f'<g fill="{INK["tinta"]}"><text x="56" y="160" font-family="Atkinson Hyperlegible Next" '
            f'font-weight="700" font-size="28">{escape(kind)}</text><g font-family="Besley" font-weight="640" '
            f'font-size="{size}" letter-spacing="-1.4">{t}</g><text x="56" y="570" font-family="Besley" '
            'font-weight="640" font-size="30">Rede Aberta</text></g>')


def module(theme, variant=0, way=0):
    g, f, a = (INK[n] for n in THEMES[theme][1][way])
    paint = {"g": g, "f": f, "a": a}
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">'
            f'<path fill="{g}" d="M0 0h60v60h-60z"/>'
            + "".join(f'<path fill="{paint[p]}" d="{d}"/>' for p, d in THEMES[theme][0][variant]) + "</svg>")


def sampler(cols, rows, seed="rede-aberta", ground="petroleo", quiet=18):
    """The house wall: every theme's module in one palette. Used on the home page and 404."""
    names, out, defs = list(THEMES), [], []
    pairs = [("papel", "ipe"), ("ipe", "papel"), ("papel", "barro"), ("ceu", "ipe")]
    body = f'<path fill="{INK[ground]}" d="M0 0h{cols*U}v{rows*U}h-{cols*U}z"/>'
    seen = {}
    for y in range(rows):
        for x in range(cols):
            h = hashlib.sha256(f"{seed}/{x}/{y}".encode()).digest()
            if h[0] < quiet:
                continue
            t, v, (f, a) = names[h[1] % len(names)], h[2] % 2, pairs[h[3] % len(pairs)]
            key = (t, v, f, a)
            if key not in seen:
                seen[key] = f"s{len(seen)}"
                paint = {"g": INK[ground], "f": INK[f], "a": INK[a]}
                defs.append(f'<g id="{seen[key]}"><g transform="translate(-30 -30)">' + "".join(
                    f'<path fill="{paint[p]}" d="{d}"/>' for p, d in THEMES[t][0][v]) + "</g></g>")
            out.append(f'<use href="#{seen[key]}" transform="translate({x*U+30} {y*U+30})rotate({h[4] % 4 * 90})"/>')
    grid = "".join(f"M{x*U} 0V{rows*U}" for x in range(1, cols)) + "".join(f"M0 {y*U}H{cols*U}" for y in range(1, rows))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {cols*U} {rows*U}" width="{cols*U*2}" height="{rows*U*2}">'
            f'<defs>{"".join(defs)}</defs>{body}{"".join(out)}'
            f'<path d="{grid}" stroke="{INK[ground]}" stroke-width="1" fill="none"/></svg>')
