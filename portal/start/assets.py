"""Style sheets, scripts and marks, built by npm into var/assets when their sources changed."""

from portal.start import environment, stamps
from portal.start.paths import ASSETS, ROOT, STAMPS

LOCK = ROOT / "package-lock.json"


def ensure() -> None:
    packages = stamps.digest(ROOT / "package.json", LOCK)
    sources = stamps.digest(ROOT / "package.json", LOCK, ROOT / "portal" / "frontend")
    installed = ROOT / "node_modules" / ".installed"
    built = STAMPS / "assets"
    has_assets = ASSETS.is_dir() and any(ASSETS.iterdir())
    if has_assets and stamps.is_current(built, sources):
        return
    npm, variables = environment.npm()
    if not stamps.is_current(installed, packages):
        print("Installing the front-end packages …", flush=True)
        environment.call(
            [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            failing="npm could not install the front-end packages; its own message stands above.",
            env=variables,
        )
        stamps.write(installed, packages)
    print("Building the assets …", flush=True)
    environment.call(
        [*npm, "run", "--silent", "build"],
        failing="The assets could not be built; the message of the build stands above.",
        env=variables,
    )
    stamps.write(built, sources)
