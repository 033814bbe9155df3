"""run.py: what it finds missing, what it makes, mends and starts. Nothing here needs a network."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and flock")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

PROJECT = """\
[project]
name = "x"
dependencies = ["numpy"]
[tool.ruff]
line-length = 88
"""


@pytest.fixture
def run(tmp_path, monkeypatch) -> ModuleType:
    """Give run.py as a module of its own, living in an empty project."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "project"
    root.mkdir()
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "constraints.txt").write_text("numpy==2.0\n", encoding="utf-8")
    for name, value in {
        "ROOT": root,
        "ENV": root / ".venv",
        "SCRATCH": root / ".chromask-run",
        "MODULES": ("json",),
        "TEST_MODULES": ("unittest",),
    }.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module.shutil, "which", lambda _name: None)
    return module


class Started(NamedTuple):
    """A command that would have been started."""

    words: list[str]
    env: Mapping[str, str]


@pytest.fixture
def started(run, monkeypatch) -> list[Started]:
    """Collect what `call` would start, and let everything be installed already."""
    commands: list[Started] = []

    def call(words: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        commands.append(Started(list(words), env or os.environ))
        return 7

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "prepare", lambda extra: Path(f"python-{extra}"))
    return commands


@pytest.fixture
def screen(monkeypatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM")


@pytest.fixture
def no_screen(monkeypatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


# --- what is started --------------------------------------------------------------------


def test_that_a_screen_gets_the_window_on_the_example(
    run, started, screen, monkeypatch
) -> None:
    monkeypatch.setattr(run, "what_keeps_the_window_shut", lambda _python: None)

    assert run.main([]) == 7

    shown = Path(started[0].words.pop())
    assert started[0].words == ["python-", "-m", "chromask_gui"]
    assert shown.read_bytes() == run.EXAMPLE.read_bytes()
    assert shown.is_relative_to(run.SCRATCH), (
        "saving would change a file of the project"
    )


def test_that_what_was_saved_in_the_example_is_there_at_the_next_start(
    run, started, screen, monkeypatch
) -> None:
    monkeypatch.setattr(run, "what_keeps_the_window_shut", lambda _python: None)
    run.example_copy().write_text("saved", encoding="utf-8")

    run.main([])

    assert Path(started[0].words[-1]).read_text(encoding="utf-8") == "saved"


def test_that_a_named_frame_is_opened_instead_of_the_example(
    run, started, screen, monkeypatch
) -> None:
    monkeypatch.setattr(run, "what_keeps_the_window_shut", lambda _python: None)

    run.main(["frame.json"])

    assert started[0].words[3:] == ["frame.json"]


def test_that_without_a_screen_the_main_job_runs_offscreen(
    run, started, no_screen, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(run, "has_screen", lambda _env: False)

    code = run.main([])

    assert code == 7
    assert "There is no screen here (neither DISPLAY" in capsys.readouterr().out
    assert started[0].words[2:4] == ["chromask_gui", "--demo"]
    assert Path(started[0].words[4]).is_dir()
    assert started[0].env["QT_QPA_PLATFORM"] == "offscreen"


def test_that_a_screen_that_does_not_answer_is_named_and_the_job_still_done(
    run, started, screen, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(run, "what_keeps_the_window_shut", lambda _python: "no :0")

    run.main([])

    assert "cannot open on this screen.\nno :0" in capsys.readouterr().out
    assert "--demo" in started[0].words


def test_that_a_frame_without_a_screen_is_told_how_to_be_pictured(
    run, started, no_screen, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(run, "has_screen", lambda _env: False)

    assert run.main(["frame.json"]) == 1
    assert "screenshot frame.json -o picture.png" in capsys.readouterr().err
    assert started == []


def test_that_every_demo_has_a_folder_of_its_own(run) -> None:
    assert run.new_folder("demo") != run.new_folder("demo")


def test_that_all_tests_run_offscreen_on_several_workers(run, started) -> None:
    run.main(["test"])

    assert started[0].words[:4] == ["python-test", "-m", "pytest", "-n"]
    assert started[0].env["QT_QPA_PLATFORM"] == "offscreen"


def test_that_the_arguments_of_test_go_to_pytest_untouched(run, started) -> None:
    run.main(["test", "-k", "frame"])

    assert started[0].words[2:] == ["pytest", "-k", "frame"]


def test_that_an_unknown_option_is_refused_with_the_list_of_commands(
    run, capsys
) -> None:
    assert run.main(["--tests"]) == 1

    said = capsys.readouterr().err
    assert "does not know --tests" in said
    assert all(f"run.py {name}" in said for name in run.COMMANDS)


@POSIX
def test_that_a_signal_is_told_as_a_shell_tells_it(run, capsys) -> None:
    abort = [sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]

    assert run.call(abort) == 128 + 15
    assert "ended by signal 15" in capsys.readouterr().out


# --- old interpreters -------------------------------------------------------------------


def test_that_an_old_python_reads_one_sentence() -> None:
    start = (
        "import sys; sys.version_info = (3, 9, 1); sys.modules['tomllib'] = None\n"
        f"exec(open({str(ROOT / 'run.py')!r}, encoding='utf-8').read())"
    )

    done = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9." in done.stderr
    assert "Traceback" not in done.stderr


def test_that_the_syntax_of_run_py_is_old_enough_to_say_so() -> None:
    text = (ROOT / "run.py").read_text(encoding="utf-8")

    ast.parse(text, feature_version=(3, 7))


# --- the screen -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:x=1"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_that_a_screen_is_found_where_there_is_one(
    run, env, platform, expected
) -> None:
    assert run.has_screen(env, platform) is expected


@LINUX
def test_that_a_platform_that_aborts_qt_is_explained(run, monkeypatch) -> None:
    monkeypatch.setattr(run, "provide_libraries", lambda _wanted: "install this")
    monkeypatch.setenv("QT_QPA_PLATFORM", "nosuchplatform")

    reason = run.what_keeps_the_window_shut(Path(sys.executable))

    assert "nosuchplatform" in reason
    assert reason.endswith("install this")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "qt.qpa.xcb: could not connect to display :5\nFrom 6.5.0, xcb-cursor0 or ...",
            "No server answers at WAYLAND_DISPLAY=wayland-7 or DISPLAY=:5.",
        ),
        ("one\ntwo\n", "one\ntwo"),
        ("\n", "Qt gave no reason."),
    ],
    ids=["no-server", "other", "silent"],
)
def test_that_the_reason_is_a_sentence_where_one_is_known(run, words, expected) -> None:
    env = {"DISPLAY": ":5", "WAYLAND_DISPLAY": "wayland-7"}

    assert run.plain_reason(words, env) == expected


def test_that_a_platform_that_starts_keeps_nothing_shut(run, monkeypatch) -> None:
    monkeypatch.setattr(run, "provide_libraries", lambda _wanted: "")

    assert run.what_keeps_the_window_shut(Path(sys.executable)) is None


# --- shared libraries -------------------------------------------------------------------


def test_that_only_libraries_the_loader_refuses_are_missing(run) -> None:
    def load(name: str) -> None:
        if "xcb" in name:
            raise OSError(name)

    wanted = {"libEGL.so.1": "libegl1", "libxcb-cursor.so.0": "libxcb-cursor0"}

    assert run.missing_libraries(wanted, load) == ["libxcb-cursor.so.0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", True),
        ('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID='debian'", True),
        ('ID=fedora\nNAME="not debian"\n', False),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', False),
        ("", False),
    ],
    ids=["debian", "ubuntu", "mint", "quoted", "fedora", "rocky", "empty"],
)
def test_that_debian_and_its_children_are_known(run, text, expected) -> None:
    assert run.is_debian(text) is expected


@pytest.fixture
def bare_debian(run, monkeypatch) -> list[list[str]]:
    """Play a Debian on which libEGL is missing; give the list of what apt-get was told."""
    told: list[list[str]] = []

    def start(words: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        told.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(run, "missing_libraries", lambda _wanted: ["libEGL.so.1"])
    monkeypatch.setattr(run, "here_is_debian", lambda: True)
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(run.subprocess, "run", start)
    return told


def test_that_root_on_debian_gets_the_packages_installed(run, bare_debian) -> None:
    assert run.provide_libraries(run.QT_LIBRARIES) == ""
    assert bare_debian[-1][:2] == ["apt-get", "install"]
    assert bare_debian[-1][-1] == "libegl1"


def test_that_another_user_reads_the_exact_line_to_type(
    run, bare_debian, monkeypatch
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)

    hint = run.provide_libraries(run.QT_LIBRARIES)

    assert hint.endswith("\n  sudo apt-get install libegl1")
    assert bare_debian == []


def test_that_the_line_to_type_remains_when_apt_fails(
    run, bare_debian, monkeypatch
) -> None:
    monkeypatch.setattr(run, "install_packages", lambda _packages: False)

    assert "sudo apt-get install libegl1" in run.provide_libraries(run.QT_LIBRARIES)


def test_that_other_systems_read_the_names_of_the_libraries(
    run, bare_debian, monkeypatch
) -> None:
    monkeypatch.setattr(run, "here_is_debian", lambda: False)

    assert run.provide_libraries(run.QT_LIBRARIES).endswith("libEGL.so.1")
    assert bare_debian == []


def test_that_a_python_without_ensurepip_names_the_package_that_has_it(
    run, bare_debian, monkeypatch
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")

    with pytest.raises(run.Stop, match=r"sudo apt-get install python3-venv$"):
        run.provide_venv()


# --- the lock ---------------------------------------------------------------------------

LOCK = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("run", sys.argv[1])
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)
with run.locked(pathlib.Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def lockers(tmp_path) -> Iterator[list[subprocess.Popen[str]]]:
    """Give two processes; the first holds the lock already, the second wants it."""
    command = [sys.executable, "-c", LOCK, str(ROOT / "run.py"), str(tmp_path / "lock")]
    processes: list[subprocess.Popen[str]] = []
    try:
        for expected in (
            "held\n",
            "Another run.py is installing here; waiting for it.\n",
        ):
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            processes.append(process)
            assert process.stdout is not None
            assert process.stdout.readline() == expected
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_that_a_second_run_says_that_it_waits_and_goes_on_after_the_first(
    lockers,
) -> None:
    first, second = lockers

    first.communicate("\n")

    assert second.stdout.readline() == "held\n"


def test_that_the_lock_of_a_killed_run_is_free(lockers) -> None:
    first, second = lockers

    first.kill()

    assert second.stdout.readline() == "held\n"


# --- the environment --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "changes"),
    [
        ("pyproject.toml", '["numpy"]', '["numpy", "pillow"]', True),
        ("constraints.txt", "2.0", "2.1", True),
        ("pyproject.toml", "line-length = 88", "line-length = 99", False),
    ],
    ids=["dependency", "pin", "linter"],
)
def test_that_the_fingerprint_follows_what_decides_an_installation(
    run, name, old, new, changes
) -> None:
    before = run.fingerprint(run.ROOT)

    path = run.ROOT / name
    path.write_text(
        path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8"
    )

    assert (run.fingerprint(run.ROOT) != before) is changes


def test_that_a_moved_project_is_installed_anew(run, tmp_path) -> None:
    before = run.fingerprint(run.ROOT)

    moved = run.ROOT.rename(tmp_path / "elsewhere")

    assert run.fingerprint(moved) != before


@pytest.fixture
def environment(run) -> Path:
    """Give an environment of the real Python, without pip, stamped as finished for tests."""
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", run.ENV],
        check=True,
    )
    stamp = {"fingerprint": run.fingerprint(run.ROOT), "extras": ["", "test"]}
    (run.ENV / run.STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    return run.ENV


@pytest.fixture
def installed(run, monkeypatch) -> list[tuple[str | None, list[str]]]:
    """Collect what pip (None) or uv would install, and let it succeed."""
    calls: list[tuple[str | None, list[str]]] = []

    def pip_install(env: Path, extras: list[str], uv: str | None) -> bool:
        assert not (env / run.STAMP).exists(), "killed here, it would count as finished"
        calls.append((uv, list(extras)))
        return True

    monkeypatch.setattr(run, "pip_install", pip_install)
    monkeypatch.setattr(run, "provide_libraries", lambda _wanted: "")
    return calls


def test_that_a_second_start_installs_nothing(run, environment, installed) -> None:
    run.prepare("test")
    run.prepare("")

    assert installed == []


def damage_nothing(_env: Path) -> None:
    """Leave the environment as it is."""


def drop_stamp(env: Path) -> None:
    (env / "chromask-stamp.json").unlink()


def cut_stamp(env: Path) -> None:
    (env / "chromask-stamp.json").write_text('{"finger', encoding="utf-8")


def outdate_stamp(env: Path) -> None:
    (env / "chromask-stamp.json").write_text(
        '{"fingerprint": "old", "extras": ["", "test"]}', encoding="utf-8"
    )


def stamp_without_extra(env: Path) -> None:
    path = env / "chromask-stamp.json"
    path.write_text(path.read_text(encoding="utf-8").replace(', "test"', ""), "utf-8")


def drop_interpreter(env: Path) -> None:
    for path in (env / ("Scripts" if os.name == "nt" else "bin")).iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (damage_nothing, True),
        (drop_stamp, False),
        (cut_stamp, False),
        (outdate_stamp, False),
        (stamp_without_extra, False),
        (drop_interpreter, False),
    ],
)
def test_that_only_a_finished_environment_is_complete(
    run, environment, damage, expected
) -> None:
    damage(environment)

    assert run.is_complete(environment, "test") is expected


def test_that_a_lost_package_makes_an_environment_incomplete(
    run, environment, monkeypatch
) -> None:
    monkeypatch.setattr(run, "MODULES", ("json", "no_such_package"))

    assert not run.is_complete(environment, "")


def test_that_a_module_in_the_current_folder_does_not_count_as_installed(
    run, environment, monkeypatch
) -> None:
    (run.ROOT / "stray.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(run.ROOT)

    assert not run.has_modules(environment, ["stray"])


def test_that_a_half_made_environment_is_made_anew(run, installed) -> None:
    debris = run.ENV / "debris"
    debris.mkdir(parents=True)
    (run.ENV / "pyvenv.cfg").write_text("home = nowhere\n", encoding="utf-8")

    python = run.prepare("test")

    assert run.has_modules(run.ENV, ["pip"])
    assert python.exists()
    assert not debris.exists()
    assert installed == [(None, ["test"])]
    assert run.is_complete(run.ENV, "test")


def test_that_a_file_in_the_place_of_the_environment_is_replaced(
    run, installed
) -> None:
    run.ENV.write_text("", encoding="utf-8")

    run.prepare("")

    assert run.is_complete(run.ENV, "")


def test_that_extras_once_installed_are_kept(
    run, environment, installed, monkeypatch
) -> None:
    outdate_stamp(environment)
    monkeypatch.setattr(run, "install", run.pip_install)

    run.prepare("")

    assert installed == [(None, ["test"])]


def test_that_a_failed_installation_keeps_an_environment_that_stands(
    run, environment, installed, monkeypatch
) -> None:
    outdate_stamp(environment)
    keepsake = environment / "keepsake"
    keepsake.write_text("", encoding="utf-8")
    real = run.has_modules
    monkeypatch.setattr(
        run, "has_modules", lambda env, m: m == ("pip",) or real(env, m)
    )
    monkeypatch.setattr(run, "pip_install", lambda *_what: False)

    with pytest.raises(run.Stop, match="could not be installed"):
        run.prepare("")

    assert keepsake.exists()
    assert not run.is_complete(environment, "")


def test_that_pip_takes_over_where_uv_fails(
    run, installed, capsys, monkeypatch
) -> None:
    made: list[str | None] = []

    def make(env: Path, uv: str | None) -> bool:
        made.append(uv)
        env.mkdir(exist_ok=True)
        return uv is None

    monkeypatch.setattr(run.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(run, "make_environment", make)

    run.prepare("")

    assert made == ["/bin/uv", None]
    assert installed == [(None, [])]
    assert "trying venv and pip" in capsys.readouterr().out


@pytest.mark.parametrize("uv", [None, "/bin/uv"])
def test_that_the_pinned_versions_are_asked_for(run, uv, monkeypatch) -> None:
    told: list[list[str]] = []

    def start(words: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        told.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(run.subprocess, "run", start)

    assert run.pip_install(run.ENV, ["test"], uv)
    assert told[0][-4:] == ["-c", "constraints.txt", "-e", ".[test]"]
    assert str(run.interpreter(run.ENV)) in told[0]


def test_that_a_folder_that_cannot_be_written_is_named(
    run, capsys, monkeypatch
) -> None:
    def refuse(extra: str) -> Path:
        raise PermissionError(13, "Permission denied", "/project/.venv")

    monkeypatch.setattr(run, "prepare", refuse)

    assert run.main(["test"]) == 1
    assert "/project/.venv" in capsys.readouterr().err


# --- the pins ---------------------------------------------------------------------------


def pins() -> dict[str, str]:
    """Read constraints.txt; anything but names and exact versions fails."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            match = re.fullmatch(r"([a-z0-9-]+)==([0-9][0-9a-z.]*)", line)
            assert match, f"not a name and a version alone: {line}"
            found[match[1]] = match[2]
    return found


def test_that_every_dependency_is_pinned_by_name_and_version_alone() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.split(r"[^A-Za-z0-9_.-]", each)[0].lower() for each in wanted]

    assert [name for name in names if name not in pins()] == []
