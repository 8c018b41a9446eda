"""Draws the curves of a bench's JSON as SVG beside it. Usage: figure.py JSON…

A panel is {"title", "x", "y", "lines", "log": whether its y axis is}, a line {"name", "points": [[x, y], …], "end": why it goes no further, if it ends
early, "style": dashed, dashdot, or solid as without}. One point is a level: what depends on no number of rules."""
import json
import os
import sys

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.ticker import FuncFormatter

# Each side has its own colours, which stay apart for the colour-blind (Okabe and Ito).
COLOURS = {"lsmpc": ["#0072b2", "#56b4e9", "#004166"], "AppArmor": ["#d55e00", "#e69f00", "#803800"], "": ["#555555", "#009e73", "#cc79a7"]}
MARKERS = ["o", "s", "D", "^", "v", "P", "X", "*"]


def side(line):
    name = line["name"].split(",")[0]
    return name if name in COLOURS else ""


def number(value, _=None):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def draw_line(axes, line, place, colour):
    xs, ys = zip(*line["points"])
    if len(xs) == 1:
        axes.axhline(ys[0], linestyle=":", linewidth=1.5, color=colour, label=line["name"])
        return
    width = 2.5 if side(line) == "lsmpc" else 1.5
    axes.plot(xs, ys, marker=MARKERS[place], markersize=5, linewidth=width, linestyle=line.get("style", "solid"), color=colour, label=line["name"])
    if line.get("end"):
        axes.plot(xs[-1], ys[-1], marker="x", markersize=12, markeredgewidth=2.5, color=colour)
        axes.annotate(line["end"], (xs[-1], ys[-1]), xytext=(0, 9 if ys[-1] > ys[0] else -18), textcoords="offset points", color=colour, fontsize=9, ha="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1})


def draw_panel(axes, panel):
    colours = {name: iter(shades) for name, shades in COLOURS.items()}
    for place, line in enumerate(panel["lines"]):
        draw_line(axes, line, place, next(colours[side(line)]))
    axes.set_xscale("log")
    axes.margins(y=0.1)
    if panel.get("log"):
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(FuncFormatter(number))
    axes.yaxis.set_major_formatter(FuncFormatter(number))
    axes.set(title=panel["title"], xlabel=panel["x"], ylabel=panel["y"])
    axes.grid(True, color="#dddddd", linewidth=0.6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), fontsize=9, frameon=False, ncol=2)


def draw(panels, path):
    """The same panels give the same bytes."""
    matplotlib.rcParams["svg.hashsalt"] = "lsmpc"
    figure, axes = pyplot.subplots(1, len(panels), figsize=(6 * len(panels), 5.2), squeeze=False, layout="constrained")
    for at, panel in zip(axes[0], panels):
        draw_panel(at, panel)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def main():
    for path in sys.argv[1:]:
        with open(path) as file:
            panels = json.load(file)["panels"]
        picture = os.path.splitext(path)[0] + ".svg"
        draw(panels, picture)
        print(f"picture: {picture}")


if __name__ == "__main__":
    main()
