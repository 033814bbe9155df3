"""Install chromask beside this file and start it: ``python3 run.py`` or ``python3 run.py test``.

Standard library only, for a machine with nothing but Python 3.11 or newer; what the window
knows of displays is read from its own file. Everything is
installed into ``.venv``; what a run leaves behind lies in ``.chromask-run``. Nothing imports
this module but its test. Annotations stay readable for old interpreters, so that those can
say what they lack instead of failing on a syntax.
"""

import contextlib
import hashlib
import importlib.util
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

OLDEST = (3, 11)

# Before anything that an older Python cannot do: whoever has one shall read a sentence.
if sys.version_info < OLDEST:
    sys.exit(
        "chromask needs Python 3.11 or newer; "
        f"this is Python {sys.version_info[0]}.{sys.version_info[1]}. "
        "Start run.py with a newer one, for example: python3.12 run.py"
    )

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
SCRATCH = ROOT / ".chromask-run"
STAMP = "chromask-stamp.json"
APT = "  sudo apt-get install"
EXAMPLE = ROOT.joinpath(
    "resources", "chromask_resources", "examples", "street", "street.json"
)

# Looked for by name alone: importing them would cost a second at every start.
MODULES = ("PySide6", "numpy", "PIL", "cv2", "av", "chromask_gui")
TEST_MODULES = ("pytest", "hypothesis", "xdist", "ruff", "basedpyright")


def load_screen() -> ModuleType:
    """Load what the window itself knows of displays and libraries; it needs nothing installed."""
    path = ROOT / "gui" / "chromask_gui" / "runtime" / "screen.py"
    spec = importlib.util.spec_from_file_location("chromask_screen", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCREEN = load_screen()
NO_DISPLAY: str = SCREEN.NO_DISPLAY
QT_LIBRARIES: Mapping[str, str] = SCREEN.QT_LIBRARIES
X11_LIBRARIES: Mapping[str, str] = SCREEN.X11_LIBRARIES
WAYLAND_LIBRARIES: Mapping[str, str] = SCREEN.WAYLAND_LIBRARIES
missing_libraries = SCREEN.missing_libraries
plain_reason = SCREEN.plain_reason


class Stop(Exception):
    """Ends the run with a plain sentence that says what to do."""


def say(text: str) -> None:
    """Print at once, so that our sentences stand in order with those of pip and apt."""
    print(text, flush=True)


def main(argv: Sequence[str]) -> int:
    """Carry out the named command; without one, open the window. Gives the exit code."""
    command, *rest = argv or [""]
    try:
        if command in ("-h", "--help"):
            say(usage())
            return 0
        if command in COMMANDS:
            return COMMANDS[command](rest)
        if command.startswith("-"):
            raise Stop(f"run.py does not know {command}.\n{usage()}")
        return open_window(argv)
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        print(f"run.py needs a folder that it can write to: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """Give the help text, made from the table of commands."""
    rows = [("[FRAME]", "open the window on a frame, or on the bundled example")]
    rows += [
        (f"{name} ...", (action.__doc__ or "").splitlines()[0])
        for name, action in COMMANDS.items()
    ]
    return "\n".join(f"python3 run.py {what:<14} {text}" for what, text in rows)


# --- what the commands do ---------------------------------------------------------------


def open_window(paths: Sequence[str]) -> int:
    """Open the window; without a screen, do the main job offscreen on the example."""
    python = prepare(extra="")
    if has_screen(os.environ):
        reason = what_keeps_the_window_shut(python)
        if reason is None:
            shown = list(paths) or [str(example_copy())]
            return call([str(python), "-m", "chromask_gui", *shown])
        say(f"The window cannot open on this screen.\n{reason}")
    else:
        chosen = os.environ.get("QT_QPA_PLATFORM")
        why = f"QT_QPA_PLATFORM={chosen}" if chosen else NO_DISPLAY
        say(f"There is no screen here ({why}).")
    if paths:
        raise Stop(
            "To see a frame without a screen, make a picture of it:\n"
            f"  {python.parent / 'chromask'} screenshot {paths[0]} -o picture.png"
        )
    folder = new_folder("demo")
    say(f"Doing the main job without a window, on a copy of the example in {folder}")
    return call([str(python), "-m", "chromask_gui", "--demo", str(folder)], offscreen())


def run_tests(arguments: Sequence[str]) -> int:
    """Run all the tests offscreen; arguments go to pytest."""
    python = prepare(extra="test")
    # With arguments a person asks for something: a debugger, one test. Workers are in the way.
    chosen = list(arguments) or ["-n", str(min(os.cpu_count() or 1, 4))]
    return call([str(python), "-m", "pytest", *chosen], offscreen())


def draw_pictures(names: Sequence[str]) -> int:
    """Draw the guide's pictures into docs/pictures, light and dark; names draw some."""
    python = prepare(extra="")
    return call([str(python), "docs/draw_pictures.py", *names], offscreen())


def collect_texts(codes: Sequence[str]) -> int:
    """Bring the language files up to date; a code such as fr begins another language."""
    python = prepare(extra="")
    return call([str(python), "resources/collect_texts.py", *codes])


def run_benchmarks(arguments: Sequence[str]) -> int:
    """Measure against docs/performance.md; --help tells of --small, --peers and the cases."""
    python = prepare(extra="")
    return call([str(python), "-m", "benchmarks", *arguments])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "test": run_tests,
    "bench": run_benchmarks,
    "translations": collect_texts,
    "screenshots": draw_pictures,
}


def call(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command in the project's folder and give its exit code as a shell would."""
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    if code < 0:
        say(f"{command[0]} was ended by signal {-code}.")
        return 128 - code
    return code


def new_folder(name: str) -> Path:
    """Make a folder of its own for this run: two runs never share one."""
    SCRATCH.mkdir(exist_ok=True)
    folders = (SCRATCH / f"{name}-{number}" for number in itertools.count(1))
    folder = next(each for each in folders if not each.exists())
    folder.mkdir()
    return folder


def example_copy() -> Path:
    """Give a copy of the example: what a person saves there changes no file of the project."""
    folder = SCRATCH / "example"
    if not folder.exists():
        shutil.copytree(EXAMPLE.parent, folder)
    return folder / EXAMPLE.name


# --- the screen -------------------------------------------------------------------------


def has_screen(env: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a window could be seen; other systems than Linux always have a screen."""
    chosen = env.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen in ("offscreen", "minimal"):
        return False
    if chosen or not platform.startswith("linux"):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    """Give this environment with Qt's platform that needs no screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def what_keeps_the_window_shut(python: Path) -> str | None:
    """Start Qt once in a process of its own and say why it failed, or None.

    Qt aborts its process when its platform plugin does not start, so that the window itself
    could not say anything any more.
    """
    wanted = X11_LIBRARIES if os.environ.get("DISPLAY") else {}
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted = {**wanted, **WAYLAND_LIBRARIES}
    hint = provide_libraries(wanted)
    start = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    try:
        probe = subprocess.run(
            [python, "-c", start],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "Qt did not answer within a minute: does the screen's server hang?"
    if probe.returncode == 0:
        return None
    words = probe.stdout + probe.stderr
    return f"{words.strip()}\n{hint}" if hint else plain_reason(words, os.environ)


# --- shared libraries -------------------------------------------------------------------


def is_debian(os_release: str) -> bool:
    """Tell from the text of /etc/os-release whether this is Debian, Ubuntu or a child of theirs."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', " ")
    return not {"debian", "ubuntu"}.isdisjoint(names.replace("'", " ").split())


def here_is_debian() -> bool:
    """Tell whether apt-get is the way to install something on this machine."""
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    return is_debian(text) and shutil.which("apt-get") is not None


def provide_libraries(wanted: Mapping[str, str]) -> str:
    """Install what is missing where that is possible; otherwise say how to. Empty: all there."""
    if not sys.platform.startswith("linux"):
        return ""
    missing = missing_libraries(wanted)
    if not missing:
        return ""
    packages = sorted({wanted[name] for name in missing})
    if not here_is_debian():
        return f"Qt needs these libraries, install them: {' '.join(missing)}"
    if os.geteuid() != 0 or not install_packages(packages):
        return f"Qt needs some libraries of the system, install them with\n{APT} {' '.join(packages)}"
    return ""


def install_packages(packages: Sequence[str]) -> bool:
    """Install Debian packages as root and tell whether that went well."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]

    def done(command: Sequence[str]) -> bool:
        apt = subprocess.run(
            command, env=env, capture_output=True, text=True, check=False
        )
        if apt.returncode != 0:
            say(apt.stderr.strip())
        return apt.returncode == 0

    # A fresh container has no package lists yet, and old lists name packages that are gone.
    with locked(SCRATCH / "apt-lock"):
        if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and done(install):
            return True
        return done(["apt-get", "update"]) and done(install)


# --- the environment --------------------------------------------------------------------


def prepare(extra: str) -> Path:
    """Give the interpreter of an environment that has everything; make or mend it if needed."""
    hint = provide_libraries(QT_LIBRARIES)
    if hint:
        raise Stop(hint)
    if not is_complete(ENV, extra):
        with locked(SCRATCH / "lock"):
            # Whoever waited for the lock may find the work done.
            if not is_complete(ENV, extra):
                build(ENV, extra)
    return interpreter(ENV)


def interpreter(env: Path) -> Path:
    """Give the path of an environment's Python, whether it exists or not."""
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path) -> str:
    """Give a hash of all that decides what is installed: a change of a linter's rules does not.

    The folder is a part of it, because an editable install points into it.
    """
    import tomllib  # here, because older interpreters lack it

    with (root / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    deciding = [
        str(root),
        (root / "constraints.txt").read_text(encoding="utf-8"),
        settings.get("build-system"),
        settings.get("project"),
        settings.get("tool", {}).get("setuptools"),
    ]
    text = json.dumps(deciding, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_complete(env: Path, extra: str) -> bool:
    """Tell whether an environment was finished for this state of the project and still stands."""
    try:
        stamp = json.loads((env / STAMP).read_text(encoding="utf-8"))
        fits = stamp["fingerprint"] == fingerprint(ROOT) and extra in stamp["extras"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    modules = MODULES + (TEST_MODULES if extra else ())
    return bool(fits) and has_modules(env, modules)


def has_modules(env: Path, modules: Sequence[str]) -> bool:
    """Tell whether the environment's Python starts, is new enough and finds the modules."""
    question = (
        "import importlib.util, sys\n"
        f"new = sys.version_info >= {OLDEST} and sys.prefix != sys.base_prefix\n"
        f"found = all(map(importlib.util.find_spec, {list(modules)}))\n"
        "sys.exit(0 if new and found else 1)\n"
    )
    command = [str(interpreter(env)), "-I", "-c", question]  # not the current folder
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock on a file; the system frees it when this process ends, however it ends."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a+b") as file:
        if not try_lock(file.fileno()):
            say("Another run.py is installing here; waiting for it.")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock if nobody else holds it."""
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def build(env: Path, extra: str) -> None:
    """Make or mend the environment, install the project into it, and stamp it as finished."""
    extras = sorted({extra, *stamped_extras(env)} - {""})
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        # Ended from here on, this run leaves nothing that counts as finished.
        (env / STAMP).unlink()
    say(
        "Installing chromask and what it needs into .venv; the first time takes minutes."
    )
    uv = shutil.which("uv")
    if not (uv and install(env, extras, uv)):
        if uv:
            say("uv could not install chromask; trying venv and pip.")
        if not install(env, extras, None):
            raise Stop(
                "chromask could not be installed; the reason stands above. Once it is "
                "mended, start run.py again; if it stays, remove the folder .venv first."
            )
    stamp = {"fingerprint": fingerprint(ROOT), "extras": ["", *extras]}
    (env / STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def stamped_extras(env: Path) -> list[str]:
    """Give the extras that were installed before: a new version keeps them."""
    try:
        return list(json.loads((env / STAMP).read_text(encoding="utf-8"))["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def install(env: Path, extras: Sequence[str], uv: str | None) -> bool:
    """Install into the environment; one that is broken is made anew.

    One that has everything is never thrown away because an installation failed: without a
    network it would be lost for nothing.
    """
    fresh = not has_modules(env, () if uv else ("pip",))
    if fresh and not make_environment(env, uv):
        return False
    if pip_install(env, extras, uv):
        return True
    if fresh or has_modules(env, MODULES):
        return False
    say("This .venv cannot be mended; making a new one.")
    return make_environment(env, uv) and pip_install(env, extras, uv)


def make_environment(env: Path, uv: str | None) -> bool:
    """Make an empty environment, in the place of what stood there; tell whether it worked."""
    if env.is_symlink() or env.is_file():
        env.unlink()
    elif env.exists():
        shutil.rmtree(env)
    if uv:
        command = [uv, "venv", "-q", "--python", sys.executable, str(env)]
    else:
        if importlib.util.find_spec("ensurepip") is None:
            provide_venv()
        command = [sys.executable, "-m", "venv", str(env)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def provide_venv() -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    if not here_is_debian():
        raise Stop("This Python lacks ensurepip: install pip for it, or install uv.")
    package = "python3-venv"
    if sys.executable not in ("/usr/bin/python3", "/bin/python3"):
        package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not install_packages([package]):
        raise Stop(
            "This Python cannot make environments yet, install that part with\n"
            f"{APT} {package}"
        )


def pip_install(env: Path, extras: Sequence[str], uv: str | None) -> bool:
    """Install the project, editable and with the pinned versions, and tell whether it worked."""
    python = str(interpreter(env))
    if uv:
        command = [uv, "pip", "install", "--python", python]
    else:
        command = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        command += ["--no-input", "--no-warn-script-location"]
    if not sys.stdout.isatty():
        command.append("-q")  # a log has no use for progress bars; a person has
    target = f".[{','.join(extras)}]" if extras else "."
    command += ["-c", "constraints.txt", "-e", target]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
