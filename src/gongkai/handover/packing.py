"""A batch as one file: a BagIt bag (RFC 8493) with the documents, their metadata and the list in a spreadsheet.

`data/` holds a folder for each document by its index number; `manifest-sha256.txt` the checksum of every file, so that
the receiver can prove that what arrived is what was sent. The same batch always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import IO

from gongkai.core.tables import Cell, xlsx
from gongkai.files import store
from gongkai.files.names import safe
from gongkai.handover.models import Batch, BatchItem
from gongkai.publications.content import public_content
from gongkai.publications.kinds import TITLE_HIDDEN
from gongkai.publications.models import Edition
from gongkai.publications.public import readable

HEADINGS = ("序号", "变动", "索引号", "名称", "文号", "成文日期", "发布日期", "校验值（SHA-256）")
_AT_ONCE = 100
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ANCHOR = re.compile(r"[^0-9A-Za-z一-鿿._-]+")


def catalogue_rows(batch: Batch) -> Iterator[list[Cell]]:
    """The 信息目录表, a row an item."""
    for one in batch.items.select_related("publication"):
        yield [
            one.order, BatchItem.Change(one.change).label, one.index_number, *_named(one),
            one.formed_on, one.published_on, one.digest,
        ]


def packed(batch: Batch) -> bytes:
    """The bag as a .zip in memory; for a batch of any size `write` it to a file."""
    written = io.BytesIO()
    write(batch, written)
    return written.getvalue()


def write(batch: Batch, to: IO[bytes]) -> None:
    """Write the bag as a .zip, a document at a time. Documents that were taken down since are named in the list and
    not enclosed."""
    sums: list[str] = []
    octets = 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _payload(batch):
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            octets += len(data)
            _put(archive, name, data)
        _put(archive, "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        _put(archive, "bag-info.txt", (
            f"Source-Organization: {batch.receiver.agency.name}\nExternal-Identifier: {batch.pk}\n"
            f"External-Description: {batch.period.name} {batch.items_count} 件\n"
            f"Bagging-Date: {batch.made_at.date().isoformat()}\nPayload-Oxum: {octets}.{len(sums)}\n"
            f"Gongkai-List-Digest: {batch.manifest}\n"
        ).encode())
        _put(archive, "manifest-sha256.txt", "".join(sums).encode())


def _payload(batch: Batch) -> Iterator[tuple[str, bytes]]:
    yield "data/信息目录表.xlsx", xlsx(HEADINGS, catalogue_rows(batch), name="信息目录表")
    items = batch.items.select_related("edition__publication").prefetch_related("edition__attachments__cleaned")
    for item in items.iterator(chunk_size=_AT_ONCE):
        if item.change != BatchItem.Change.WITHDRAWN and readable(item.edition):
            yield from _document(f"data/{item.order:05d}-{_ANCHOR.sub('_', item.index_number)}", item)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _named(item: BatchItem) -> tuple[str, str]:
    """Title and number; of what was taken down for secrecy or privacy neither goes out once more."""
    if item.publication.withdrawal in TITLE_HIDDEN and item.publication.withdrawn_at is not None:
        return "（已撤下）", ""
    return item.title, item.document_number


def _document(folder: str, item: BatchItem) -> Iterator[tuple[str, bytes]]:
    edition = item.edition
    facts = public_content(edition) | {"index_number": item.index_number, "digest": item.digest,
                                       "published_on": item.published_on.isoformat()}
    yield f"{folder}/正文.html", _page(edition, item).encode()
    yield f"{folder}/元数据.json", json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True).encode()
    for number, one in enumerate(edition.attachments.all(), 1):
        if one.cleaned is not None:
            yield f"{folder}/附件{number:02d}-{safe(one.name)}", store.read(one.cleaned.sha256)


def _page(edition: Edition, item: BatchItem) -> str:
    """The document as a page that needs nothing else. The body was cleaned when it was drafted."""
    told = (
        ("索引号", item.index_number), ("发文机关", edition.issuing_organ), ("文号", edition.document_number),
        ("成文日期", edition.formed_on), ("发布日期", item.published_on), ("主题分类", edition.topic),
    )
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in told if value)
    title = escape(edition.title)
    return (
        f'<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><table>{rows}</table>{edition.body}</body></html>"
    )
