"""Style sheets, scripts and marks, built by npm into var/assets when their sources changed."""

from portal.start import environment, stamps
from portal.start.paths import ASSETS, ROOT, STAMPS

LOCK = ROOT / "package-lock.json"


def ensure(*, with_tests: bool = False) -> None:
    """`with_tests` installs what the tests look at pages with, too: most of the packages."""
    sources = stamps.digest(ROOT / "package.json", LOCK, ROOT / "portal" / "frontend")
    built = STAMPS / "assets"
    has_assets = ASSETS.is_dir() and any(ASSETS.iterdir())
    must_build = not (has_assets and stamps.is_current(built, sources))
    if must_build or with_tests:
        _ensure_packages(with_tests)
    if not must_build:
        return
    print("Building the assets …", flush=True)
    npm, variables = environment.npm()
    environment.call(
        [*npm, "run", "--silent", "build"],
        failing="The assets could not be built; the message of the build stands above.",
        env=variables,
    )
    stamps.write(built, sources)


def _ensure_packages(with_tests):
    wanted = stamps.digest(ROOT / "package.json", LOCK)
    installed, with_them = (ROOT / "node_modules" / name for name in (".installed", ".installed-with-tests"))
    if stamps.is_current(with_them, wanted) or (not with_tests and stamps.is_current(installed, wanted)):
        return
    print("Installing the front-end packages …", flush=True)
    npm, variables = environment.npm()
    environment.call(
        [*npm, "ci", *([] if with_tests else ["--omit=dev"]), "--no-audit", "--no-fund", "--loglevel=error"],
        failing="npm could not install the front-end packages; its own message stands above.",
        env=variables,
    )
    stamps.write(with_them if with_tests else installed, wanted)
