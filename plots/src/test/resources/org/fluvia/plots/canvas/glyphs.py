# Writes glyphs.txt: the outlines of letters that pictures are lettered with, from Roboto Regular (Copyright 2011 Google Inc.,
# Apache License 2.0). Needs fonttools 4 and font-roboto 0.0.1 of PyPI: python3 glyphs.py > glyphs.txt
# A line is a code point, the advance and the outline in 2048ths of the font's size, y upwards. M, L, Q: move, line, quadratic; Z: close.
import os
import font_roboto
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0x384, 0x3CE), (0x3D1, 0x3D6), (0x410, 0x44F), (0x1E80, 0x1E85), (0x2010, 0x2026), (0x2030, 0x2033),
          (0x2070, 0x2094), (0x2113, 0x2113), (0x2200, 0x2265)]


class Outline(BasePen):
    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.steps = []

    def add(self, letter, *points):
        self.steps.append(letter + " ".join("%d %d" % (round(x), round(y)) for x, y in points))

    def _moveTo(self, p):
        self.add("M", p)

    def _lineTo(self, p):
        self.add("L", p)

    def _qCurveToOne(self, control, p):
        self.add("Q", control, p)

    def _closePath(self):
        self.steps.append("Z")


font = TTFont(os.path.join(os.path.dirname(font_roboto.__file__), "files", "Roboto-Regular.ttf"))
glyphs = font.getGlyphSet()
names = font.getBestCmap()


def line(code, name):
    pen = Outline(glyphs)
    glyphs[name].draw(pen)
    print("%X %d %s" % (code, glyphs[name].width, "".join(pen.steps)))


print("# Roboto Regular, Copyright 2011 Google Inc., Apache License 2.0; written by glyphs.py")
line(0xFFFD, ".notdef")  # what is drawn for the rest
for first, last in RANGES:
    for code in range(first, last + 1):
        if code in names:
            line(code, names[code])
