"""The language of the window: a file of the resources, and Qt's own words for its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from chromask_resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

SOURCE_LANGUAGE = "en"
"""The language of the texts in the code; its file only knows singular from plural."""

_PREFIX = "chromask_"
_installed: list[QTranslator] = []


def language_files() -> dict[str, Path]:
    """Give the file of each language there is, by its code: ``en``, ``pt_BR``."""
    folder = resource("translations")
    files = sorted(folder.glob(f"{_PREFIX}*.qm"))
    return {file.stem.removeprefix(_PREFIX): file for file in files}


def language_names() -> dict[str, str]:
    """Give each language's code with its name in its own words."""
    names: dict[str, str] = {}
    for code in language_files():
        # Qt would call English that of one country.
        own = "English" if code == SOURCE_LANGUAGE else ""
        name = own or QLocale(code).nativeLanguageName() or code
        names[code] = name[:1].upper() + name[1:]
    return names


def chosen_language(wanted: str) -> str:
    """Give the code of the language to use: what is wanted, as far as there is a file."""
    have = language_files()
    if wanted in have:
        return wanted
    for name in QLocale.system().uiLanguages():
        code = name.replace("-", "_")
        for each in (code, code.partition("_")[0]):
            if each in have:
                return each
    return SOURCE_LANGUAGE


def install_language(app: QApplication, wanted: str = "system") -> str:
    """Let the application speak a language; gives the code of the one that it speaks."""
    while _installed:
        app.removeTranslator(_installed.pop())
    code = chosen_language(wanted)
    own = language_files().get(code)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in (f"{folder}/qtbase_{code}.qm", str(own) if own else ""):
        translator = QTranslator(app)
        # Qt has no file for every language: its own dialogs stay English then.
        if name and translator.load(name):
            app.installTranslator(translator)
            _installed.append(translator)
    app.setLayoutDirection(QLocale(code).textDirection())
    return code
