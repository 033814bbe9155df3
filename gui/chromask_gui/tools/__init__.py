"""The tools: pointer events in image coordinates become transactions. None needs a window.

A new tool is one file with one class, and one line in `TOOLS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask_gui.tools.brush import BrushTool, EraserTool
from chromask_gui.tools.fill import FillTool
from chromask_gui.tools.grabcut import GrabCutTool
from chromask_gui.tools.keypoints import KeypointsTool
from chromask_gui.tools.parts import PartsTool
from chromask_gui.tools.picker import PickerTool
from chromask_gui.tools.scissors import ScissorsTool
from chromask_gui.tools.select import SelectTool
from chromask_gui.tools.shapes import BoxTool, EllipseTool, LassoTool, PolygonTool
from chromask_gui.tools.superpixels import SuperpixelTool
from chromask_gui.tools.wand import WandTool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chromask_gui.tools.tool import Tool

TOOLS: Mapping[str, type[Tool]] = {
    tool.id: tool
    for tool in (
        SelectTool,
        BrushTool,
        EraserTool,
        FillTool,
        PickerTool,
        PolygonTool,
        BoxTool,
        EllipseTool,
        LassoTool,
        KeypointsTool,
        PartsTool,
        WandTool,
        ScissorsTool,
        GrabCutTool,
        SuperpixelTool,
    )
}
"""Every tool by its id, in the order in which they stand in the tool bar."""
