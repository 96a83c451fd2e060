"""Stock Wagtail of the version that the portal stands on: what ours is compared with, and nothing of ours."""
