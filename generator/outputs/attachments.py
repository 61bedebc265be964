"""Blank forms and filled samples, each at an address that its content gives it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.builder.artifact import Artifact
from generator.ledger.attachments import place_of
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.site import MUNICIPAL


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield every file of the release, those of earlier versions too: addresses do not die."""
    root = publication.config.vetted
    for attachment in publication.release.attachments:
        yield Artifact(
            path=urls.attachment(attachment.sha256, attachment.name),
            fingerprint=attachment.sha256,
            render=partial(place_of(root, attachment).read_bytes),
            site=MUNICIPAL,
        )
