"""The cases, one row each, with the targets that the issue sets."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.model import OURS, Case, Scene, Target

SMALL = Scene(600, 800)
UHD = Scene(2160, 3840)
LARGE = Scene(8192, 8192)
HUGE = Scene(16384, 16384)
MANY_COLORS = tuple(
    replace(size, colors=1000, rois=1000) for size in (SMALL, UHD, LARGE)
)
FULL_HD_MASKS = Scene(1080, 1920, frames=12)
FOLDER_SIZES = tuple(replace(size, frames=12) for size in (SMALL, UHD, LARGE, HUGE))
FOLDER_COLORS = tuple(replace(FULL_HD_MASKS, colors=count) for count in (1000, 100_000))
WALK_SIZES = tuple(replace(size, frames=8) for size in (SMALL, LARGE, HUGE))
MANY_ROIS = Scene(1024, 1024, colors=10_000, rois=10_000)
MORE_COLORS = tuple(Scene(2160, 3840, colors=count) for count in (1000, 100_000))
MORE_ROIS = tuple(
    Scene(1024, 1024, colors=count, rois=count) for count in (10, 100, 1000, 10_000)
)
MANY_FRAMES = tuple(
    Scene(frames=count, is_shared=True) for count in (100, 1000, 10_000, 100_000)
)
MODES = ("1", "P", "L", "LA", "RGBA", "I;16", "RGB;16")
MODE_COLORS = {"1": 2}

BRUSHES = ("brush move", "brush move, radius 5", "brush move, radius 200")
GAPS = (
    "longest gap while it is loaded",
    "longest gap at the first bars",
    "longest gap at the first histogram",
)
LOOKS = ("recolour", "hide", "opacity", "solo")
IN_SIZE = "megapixels"
WITH_PLOT = "with a plot"


def _ours(module: str, function: str = "measure") -> str:
    return f"benchmarks.cases.{module}:{function}"


CASES: tuple[Case, ...] = (
    Case(
        "start",
        "From the start of the process to the first painted frame. chromask opens image and "
        "mask, the others the image alone.",
        {
            OURS: _ours("start"),
            WITH_PLOT: _ours("start", "measure_with_plot"),
            "labelme": "benchmarks.peers.labelme_side:start",
            "napari": "benchmarks.peers.napari_side:start",
        },
        (SMALL, UHD, LARGE),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "at most 0.6 x labelme",
                ("start to painted",),
                0.6,
                "labelme",
                why="what is left is loading: numpy, Qt and the classes and enumerations that PySide makes when one is first named, our own modules, whose data classes are compiled at each start; then putting together, dressing and painting hundreds of widgets. Decoding runs beside all that and is waited for only in very large frames",
            ),
            Target(
                "at most 0.2 x napari",
                ("start to painted",),
                0.2,
                "napari",
                why="at 8192 x 8192 decoding the photograph alone takes most of what the bound allows (see open); elsewhere the bound lies near what an empty process takes to load Python, Qt, numpy and OpenCV, and the rest is as above",
            ),
        ),
    ),
    Case(
        "open",
        "Opening a frame (JPEG and PNG mask) in a window that is there, until it is painted, "
        "beside the bare decoding of both files on two threads by the fastest decoder.",
        {OURS: _ours("opening"), "decoding": _ours("opening", "decode_both")},
        (SMALL, UHD, LARGE),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "4K: at most 1.3 x decoding",
                ("open to painted",),
                1.3,
                "decoding",
                only=(UHD.name,),
                why="beyond decoding, opening costs nearly the same at any size (compare 800 x 600): the source is sampled for the screen, and the canvas, a page of the ROI table and all other panels are painted once; in larger frames it is small beside decoding",
            ),
        ),
    ),
    Case(
        "repaint",
        "Changing how masks look, until the window of 1600 x 1000 is painted again.",
        {
            OURS: _ours("repaint"),
            WITH_PLOT: _ours("repaint", "measure_with_plot"),
            "napari": "benchmarks.peers.napari_side:repaint",
        },
        (SMALL, UHD, LARGE, HUGE, Scene(2160, 3840, colors=1000, rois=1000)),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(*MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "at most 10 ms",
                LOOKS,
                10,
                why="recolouring is an edit besides: the census, the colours of the rows in sight, the details, the lists of masks and of colours without a ROI follow in the same paint, and cost together as much as drawing the canvas; above 256 colours a look-up of two-byte indices comes on top",
            ),
            Target(
                "at most 0.1 x napari",
                LOOKS,
                0.1,
                "napari",
                why="the bound asks for a tenth of what napari takes, for a window with all its panels; recolouring as above",
            ),
            Target("flat in size", LOOKS, 0.1, axis=IN_SIZE),
        ),
    ),
    Case(
        "move",
        "A step of zooming or panning, until it is painted; labelme shows the image alone.",
        {
            OURS: _ours("moving"),
            "labelme": "benchmarks.peers.labelme_side:move",
            "napari": "benchmarks.peers.napari_side:move",
        },
        (SMALL, UHD, LARGE),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
    ),
    Case(
        "paint",
        "A brush of radius 30 px over the fitted image, from the event to the painted window; "
        "undo and redo of the stroke; a fill of the largest region.",
        {
            OURS: _ours("painting"),
            WITH_PLOT: _ours("painting", "measure_with_plot"),
            "napari": "benchmarks.peers.napari_side:paint",
        },
        (SMALL, UHD, LARGE, *MANY_COLORS),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "median at most 5 ms",
                BRUSHES,
                5,
                why="a radius of 200 px reaches over most of an image of 800 x 600: the front of the stroke, which alone is drawn, is half of the window there",
            ),
            Target(
                "95th percentile at most 12 ms",
                BRUSHES,
                12,
                quantile=0.95,
                why="as the median; every 40 ms the pointer's place in the status bar adds 1 ms",
            ),
            Target("at most 0.1 x napari", ("brush move",), 0.1, "napari"),
            Target("flat in size", ("brush move",), 0.1, axis=IN_SIZE),
            Target(
                "undo at most 5 ms",
                ("undo a stroke",),
                5,
                why="what is left is exchanging the pixels of the stroke: at 8192 x 8192 each of their rows is a place of its own in memory that has left the caches by then, and with more than 256 colours an index has two bytes; then sampling and drawing the whole rectangle of the stroke; the title, the save state and the names of the steps follow when the hand rests",
            ),
            Target(
                "8192²: fill at most 300 ms",
                ("fill",),
                300,
                only=(LARGE.name, MANY_COLORS[-1].name),
                why="finding the region and making its tiles run in a job; what goes beyond is waiting for fresh pages from the system at the first fill, for the mask of what is filled, the new tiles and the old ones",
            ),
        ),
    ),
    Case(
        "save",
        "Saving a painted mask beside the window, and encoding it alone beside Pillow's "
        "level 6.",
        {OURS: _ours("saving"), "Pillow": _ours("saving", "pillow")},
        (SMALL, UHD, LARGE),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "window held at most 5 ms",
                ("main thread held",),
                5,
                why="the saving thread works in bands of half a megabyte and hands the interpreter over within 1 ms, so no single call of it holds the window for more than about 3 ms (profile of its calls); what goes beyond is the window's own: it shows the new state and repaints (3 ms), and waits for a core on a busy machine",
            ),
            Target("PNG at most 1.05 x Pillow", ("PNG [kB]",), 1.05, "Pillow"),
            Target(
                "encoded in at most 0.7 x",
                ("encode PNG",),
                0.7,
                "Pillow",
                why="three ways of filtering are tried on an eighth of the rows first, which a small mask pays for most",
            ),
        ),
    ),
    Case(
        "read",
        "A mask file to indices, table and histogram, beside its bare decoding by the fastest "
        "of OpenCV, Pillow and PyAV, and by imagecodecs. Below 1 the mask is read before they "
        "have its pixels: see *A PNG mask is read without decoding* in the decisions.",
        {
            OURS: _ours("reading"),
            "decoding": _ours("reading", "decode"),
            "imagecodecs": "benchmarks.peers.imagecodecs_side:read",
            "datumaro": "benchmarks.peers.datumaro_side:read",
        },
        (
            SMALL,
            Scene(1024, 2048),
            UHD,
            LARGE,
            HUGE,
            Scene(2160, 3840, colors=1000),
            Scene(2160, 3840, colors=100_000),
            *(
                Scene(2160, 3840, colors=MODE_COLORS.get(mode, 30), mode=mode)
                for mode in MODES
            ),
        ),
        axes=(IN_SIZE, "colors"),
        targets=(
            Target(
                "at most 1.25 x decoding",
                ("read a mask",),
                1.25,
                "decoding",
                why="100 000 colours lie in runs of a few pixels: numbering and counting them by a hash table, adding up their differences and writing the indices cost something for each run, where a decoder pays for bytes alone",
            ),
            Target(
                "at most 0.05 x datumaro",
                ("read a mask",),
                0.05,
                "datumaro",
                why="faster than any decoder reads its bare pixels; what is left of so small a mask are the calls of numpy for each of its bands, not its pixels",
            ),
        ),
    ),
    Case(
        "folder",
        "All masks of a folder to planes on two threads: the time of one mask.",
        {
            OURS: _ours("reading", "measure_folder"),
            "decoding": _ours("reading", "decode_folder"),
        },
        (FULL_HD_MASKS,),
        Scene(frames=3),
        axes=(IN_SIZE, "colors"),
        growth=(*FOLDER_SIZES, *FOLDER_COLORS),
    ),
    Case(
        "list",
        "Listing a folder of frame documents.",
        {OURS: _ours("walking", "measure_list")},
        MANY_FRAMES,
        Scene(frames=50, is_shared=True),
        axes=("frames",),
    ),
    Case(
        "walk",
        "The first frame of a folder, and the next one: after a look of a second at the one "
        "before it, and at once.",
        {OURS: _ours("walking")},
        (Scene(2160, 3840, frames=8),),
        Scene(frames=3),
        axes=("frames", IN_SIZE),
        growth=(*MANY_FRAMES, *WALK_SIZES),
        targets=(
            Target(
                "walking forward at most 50 ms",
                ("next frame after a look",),
                50,
                why="the next frame is decoded ahead; what is left is what opening costs at any size",
            ),
        ),
    ),
    Case(
        "table",
        "The ROI table: a typed label, a scrolled page, a filter, a selected row, until it is "
        "painted.",
        {OURS: _ours("rois")},
        MORE_ROIS,
        axes=("rois",),
        targets=(
            Target(
                "10 000 rows: at most 16 ms",
                ("edit", "scroll", "filter"),
                16,
                only=(MANY_ROIS.name,),
                why="a page of rows that were not in sight is drawn text by text; a filter lays the table out anew besides, and an edit compares the ROIs once",
            ),
        ),
    ),
    Case(
        "plots",
        "Loading what draws plots, beside a window that rests, and showing the first of each "
        "kind: until it is there, and the longest time in between for which the window does "
        "not answer.",
        {OURS: _ours("plots")},
        (SMALL, UHD, LARGE, MANY_ROIS),
        targets=(Target("no gap above 250 ms", GAPS, 250, quantile=1.0),),
    ),
    Case(
        "memory",
        "Resident memory with image and mask after ten strokes; labelme holds the image "
        "alone.",
        {
            OURS: _ours("memory"),
            "labelme": "benchmarks.peers.labelme_side:hold",
            "napari": "benchmarks.peers.napari_side:hold",
        },
        (SMALL, UHD, LARGE),
        axes=(IN_SIZE, "colors", "rois"),
        growth=(HUGE, *MORE_COLORS, *MORE_ROIS),
        targets=(
            Target(
                "8192²: at most 0.5 x napari",
                ("resident [MB]",),
                0.5,
                "napari",
                only=(LARGE.name,),
                why="beside some 160 MB of an empty window only the pixels of the source (three bytes each), the mask (one) and a quarter-size source are held",
            ),
        ),
    ),
)
