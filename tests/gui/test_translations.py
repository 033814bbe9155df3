"""Every visible text can be translated: none is bare, all are collected, all are seen."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QLabel

from chromask_gui.look import language
from chromask_resources import resource
from scenes import roi, write_scene
from text_rules import lost_templates, untranslated

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from chromask_gui.window.main_window import MainWindow

ROOT = Path(__file__).parents[2]
GUI = ROOT / "gui" / "chromask_gui"
CORE = ROOT / "core" / "chromask"


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    path = ROOT / "resources" / "collect_texts.py"
    spec = importlib.util.spec_from_file_location("collect_texts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["collect_texts"] = module
    spec.loader.exec_module(module)
    return module


def test_that_no_text_of_the_window_is_bare() -> None:
    found = [
        finding for path in sorted(GUI.rglob("*.py")) for finding in untranslated(path)
    ]
    assert not found, "\n".join(["", *found])


def test_that_what_is_counted_has_its_plural_from_qt(collector: ModuleType) -> None:
    counted = re.compile(
        r"\{\w*\} (\w+ )?(colour|error|file|frame|image|mask|note|pixel|ROI|row|value|"
        r"video|warning)s\b|\(s\)"
    )
    texts, _ = collector.collect()

    without = [
        text
        for text in texts
        if counted.search(text.source)
        and not text.has_number
        and text.context != collector.CORE_CONTEXT  # it knows no plurals
    ]
    assert not without


def test_that_the_window_tells_one_from_several(
    run: Callable[..., int], tmp_path: Path
) -> None:
    write_scene(tmp_path, name="a")
    write_scene(tmp_path, [roi(["car"], (1, 2, 3), sources=[7])], name="b")

    def script(window: MainWindow) -> None:
        shown = [
            label.text()
            for label in window.findChildren(QLabel)
            if "(s)" in label.text() or "%n" in label.text()
        ]
        assert not shown
        assert "2 frames" in window.frame_panel.said.text()
        assert window.unclaimed.summary.text() == "2 colours, 1\u202f203 pixels"

    assert run([str(tmp_path)], script) == 0


def test_that_messages_of_the_library_keep_their_template() -> None:
    modules = [path for path in CORE.rglob("*.py") if path.name != "cli.py"]

    found = [finding for path in sorted(modules) for finding in lost_templates(path)]
    assert not found, "\n".join(["use say(template, values):", *found])


class Marking(QTranslator):
    """Puts each message of the library between marks."""

    def translate(self, context: str, text: str, *_rest: object) -> str:
        return f"<{text}>" if context == "core" and len(text) > 2 else ""


def test_that_problems_are_told_in_the_language_of_the_window(
    run: Callable[..., int], tmp_path: Path
) -> None:
    unsure = {**roi(["a car"], (1, 2, 3)), "confidence": "{0} high"}
    path = write_scene(tmp_path, [unsure, "odd"])
    (tmp_path / "scene_seg.png").unlink()

    def script(window: MainWindow) -> None:
        app, marking = QCoreApplication.instance(), Marking()
        assert app is not None
        app.installTranslator(marking)
        try:
            window.problems.list.set_problems(
                tuple((each, False) for each in window.session.document.problems)
            )
            text = window.problems.list.toPlainText()
        finally:
            app.removeTranslator(marking)
        # Marks stand around what the program says, and never around what a file holds.
        assert "<'{0} high' is not <a number from 0 to 1>>" in text
        assert "<the ROI is 'odd', not an object>" in text
        assert "<there is no such file>" in text
        assert "<mask seg of source front>" in text

    assert run([str(path)], script) == 0


@pytest.mark.parametrize(
    ("code", "is_bare"),
    [
        ('label.setText("Open")', True),
        ('label = QLabel("Open")', True),
        ('label.setText(f"{n} files")', True),
        ('label.setText("{} files".format(n))', True),
        ('label.setText("a" if x else tr("b"))', True),
        ('self.notified.emit("Saved")', True),
        ('self.jobs.start("Saving", work)', True),
        ('label.setText(self.tr("Open"))', False),
        ('label.setText(self.tr("{} files").format(n))', False),
        ('label.setText(f"{n} / {m}")', False),
        ('box.addItem(self.tr("Light"), "light")', False),
        ('label.setObjectName("open")', False),
    ],
)
def test_that_the_rule_tells_bare_texts_from_others(
    tmp_path: Path, code: str, is_bare: bool
) -> None:
    path = tmp_path / "module.py"
    path.write_text(code)
    assert bool(list(untranslated(path))) == is_bare


def test_that_every_call_that_translates_holds_a_plain_text(
    collector: ModuleType,
) -> None:
    texts, lost = collector.collect()
    assert not lost
    assert collector.Text("actions", "Choose ROI 9", has_number=False) in texts
    assert collector.Text("RoiPanel", "Copy hex", has_number=False) in texts


def test_that_english_has_the_forms_of_every_text_with_a_number(
    collector: ModuleType,
) -> None:
    texts, _ = collector.collect()
    known = collector.read_translations(resource("translations/chromask_en.ts"))
    missing = [
        text.source
        for text in texts
        if text.has_number and (text.context, text.source) not in known
    ]
    assert not missing, "run: python3 run.py translations"
    assert all("(s)" not in form for forms in known.values() for form in forms)


def test_that_collecting_again_keeps_what_was_translated(
    collector: ModuleType, tmp_path: Path
) -> None:
    texts = [
        collector.Text("Page", "Open", has_number=False),
        collector.Text("Page", "%n file(s)", has_number=True),
    ]
    known = {("Page", "Open"): ["Ouvrir"], ("Page", "%n file(s)"): ["%n un", "%n deux"]}
    path = tmp_path / "chromask_fr.ts"
    path.write_bytes(collector.write_file("fr", texts, known))
    assert collector.read_translations(path) == known
    more = [*texts, collector.Text("Page", "Close", has_number=False)]
    path.write_bytes(
        collector.write_file("fr", more, collector.read_translations(path))
    )
    assert collector.read_translations(path) == known
    assert b"Close" in path.read_bytes()


def test_that_english_tells_one_from_several(qapp: QCoreApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(language.language_files()["en"]))
    qapp.installTranslator(translator)
    try:
        words = [
            QCoreApplication.translate("actions", "Delete %n ROI(s)", None, number)
            for number in (1, 3)
        ]
    finally:
        qapp.removeTranslator(translator)
    assert words == ["Delete 1 ROI", "Delete 3 ROIs"]


def test_that_a_language_without_a_file_is_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert language.chosen_language("xx") == "en"
    assert "en" in language.language_names()
    have = {"en": Path("en.qm"), "pt_BR": Path("p.qm"), "fr": Path("f.qm")}
    monkeypatch.setattr(language, "language_files", lambda: have)
    assert language.chosen_language("fr") == "fr"

    class Locale:
        def __init__(self, *names: str) -> None:
            self.names = list(names)

        def uiLanguages(self) -> list[str]:
            return self.names

    for names, wanted in (
        (("pt-BR", "pt"), "pt_BR"),
        (("fr-CA", "fr"), "fr"),
        (("de-AT",), "en"),
    ):
        monkeypatch.setattr(
            language.QLocale, "system", staticmethod(lambda names=names: Locale(*names))
        )
        assert language.chosen_language("system") == wanted
