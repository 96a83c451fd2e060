"""Production's settings, read by a process of their own as in production."""

import pytest
from cryptography.fernet import Fernet

GOOD = {
    "SECRET_KEY": "k3y-9fQ_" * 8,
    "MFA_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "portal.example",
    "BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal:pass@db.example:5432/portal",
    "CACHE_URL": "redis://cache.example:6379/0",
    "S3_ENDPOINT_URL": "https://s3.example",
    "S3_ACCESS_KEY": "access",
    "S3_SECRET_KEY": "secret",
    "S3_PRIVATE_BUCKET": "portal-private",
    "S3_MEDIA_BUCKET": "portal-media",
    "EMAIL_URL": "smtp+tls://user:pass@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Secretariat <secretariat@portal.example>",
    "SECRETARIAT_EMAIL": "secretariat@portal.example",
    "CLAMD": "/run/clamav/clamd.ctl",
}


@pytest.fixture
def production(manage):
    def run(*arguments, **changes):
        return manage(*arguments, settings_module="portal.settings.production", env={**GOOD, **changes})

    return run


def test_deploy_check_is_clean(production):
    answer = production("check", "--deploy", "--fail-level", "DEBUG")

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_an_empty_environment_gives_one_list_of_everything_that_is_missing(production):
    answer = production("check", **dict.fromkeys(GOOD, ""))

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    missing = {line.split()[1] for line in answer.stderr.splitlines() if line.endswith("is missing")}
    assert missing == set(GOOD) - {"S3_ENDPOINT_URL"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("MFA_ENCRYPTION_KEYS", "not-a-fernet-key"),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "http://portal.example"),
        ("BASE_URL", "https://portal.example/path"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3"),
        ("DATABASE_URL", "nonsense"),
        ("CACHE_URL", "locmem://"),
        ("EMAIL_URL", "console://"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("CLAMD", "scanner.example"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "many"),
        ("S3_CHECKSUMS", "sometimes"),
    ],
)
def test_a_malformed_value_is_named_and_not_printed(production, name, value):
    answer = production("check", **{name: value})

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert f"- {name} " in answer.stderr
    assert value not in answer.stderr.replace("http://", "") or value in {"*", "-1"}
