"""How long the portal waits for its file store, and in how many pieces it sends to it."""

from boto3.s3.transfer import TransferConfig

from portal.files.policy import MAX_FILE_SIZE

# An upload that the store does not take is told to its person within 15 seconds.
PATIENCE = {"connect_timeout": 3, "read_timeout": 6, "retries": {"total_max_attempts": 2}}
# An upload is one request, whole or not there: the parts of one that breaks off would lie in the bucket where
# no listing shows them, and no sweeper finds them.
TRANSFER = TransferConfig(multipart_threshold=MAX_FILE_SIZE + 1, num_download_attempts=2)
