"""The portal with 100,000 publications: how many requests a second, beside a bare Django ping in the same run.

Publications are made in bulk in a fresh SQLite file, through the triggers that guard the gates. Granian serves the
portal as `gongkai serve` does, once with its pages kept and once without (GONGKAI_PAGE_CACHE_MB=0), and a Django with
one view and no middleware. Each question is asked of the portal and of the ping in turn, `--rounds` times, by wrk
(else by threads of this program) on the same cores; the median of the ratios is printed. "Uncached" means that no page
is kept; the addresses change with every request.

    python benchmarks/portal.py [--publications N] [--rounds N] [--seconds N] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGETS = {"list, kept": 0.5, "document, kept": 0.5, "document, not kept": 0.05, "list, filtered, not kept": 0.03}
DIGEST = "f" * 64


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--publications", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=int, default=6)
    arguments.add_argument("--data", help="a folder to fill once and use again")
    chosen = arguments.parse_args()
    folder = chosen.data or tempfile.mkdtemp(prefix="gongkai-portal-")
    os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.settings.demo", GONGKAI_LOG_LEVEL="ERROR")
    try:
        measure(chosen)
    finally:
        if not chosen.data:
            shutil.rmtree(folder, ignore_errors=True)


def measure(chosen: argparse.Namespace) -> None:
    """Fill, serve, ask."""
    from gongkai.infra.start import prepare

    prepare()
    begun = time.perf_counter()
    made = fill(chosen.publications)
    if made:
        print(f"{made} publications made in {time.perf_counter() - begun:.0f} s")
    counts()
    targets = addresses()
    with Server("gongkai.infra.wsgi:application", GONGKAI_PAGE_CACHE_MB="64") as kept, Server(
        "gongkai.infra.wsgi:application", GONGKAI_PAGE_CACHE_MB="0",
    ) as plain, Server("ping:application") as bare:
        print(f"{'question':32} {'requests/s':>11} {'ping':>9} {'ratio':>7}  target")
        for name, of, paths in (
            ("list, kept", kept, targets["list"][:1]), ("document, kept", kept, targets["document"][:1]),
            ("front page, kept", kept, ["/"]),
            ("document, not kept", plain, targets["document"]),
            ("list, filtered, not kept", plain, targets["list"]),
            ("catalogue of an organ, not kept", plain, targets["content"]),
            ("list of an item, not kept", plain, targets["item"]),
        ):
            found = []
            for _ in range(chosen.rounds):
                pinged = bare.load(["/ping/"], chosen.seconds)
                asked = of.load(paths, chosen.seconds)
                found.append((asked / pinged, asked, pinged))
            ratio, asked, pinged = statistics.median_low(found)
            target = TARGETS.get(name)
            verdict = "" if target is None else f"{target}: {'reached' if ratio >= target else 'MISSED'}"
            print(f"{name:32} {asked:11.0f} {pinged:9.0f} {ratio:7.3f}  {verdict}", flush=True)
    print("load average", os.getloadavg())


class Server:
    """Granian on a free port, with the same words as `gongkai.infra.serve`."""

    def __init__(self, application: str, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        path = os.pathsep.join([str(HERE), str(HERE.parent / "src")])
        self.process = subprocess.Popen([
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error", application,
        ], env=os.environ | environment | {"PYTHONPATH": path})

    def __enter__(self) -> Server:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(20)

    def load(self, paths: list[str], seconds: int) -> float:
        """Answered requests a second, each answer with status 200."""
        for path in paths[:20]:
            self._once(path)
        return self._wrk(paths, seconds) if shutil.which("wrk") else self._threads(paths, seconds)

    def _once(self, path: str) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asked.request("GET", path)
        answer = asked.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}")

    def _wrk(self, paths: list[str], seconds: int) -> float:
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            said = ",".join(f'"{path}"' for path in paths)
            script.write(f"local p = {{{said}}} local n = 0\nrequest = function() n = n + 1\n"
                         "return wrk.format('GET', p[(n % #p) + 1]) end\n")
            script.flush()
            told = subprocess.run(
                ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", script.name, f"http://127.0.0.1:{self.port}/"],
                capture_output=True, text=True, check=True,
            ).stdout
        if "Non-2xx" in told:
            raise SystemExit(told)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]

    def _threads(self, paths: list[str], seconds: int) -> float:
        until, counts = time.monotonic() + seconds, [0] * 8

        def ask(n: int) -> None:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            at = n
            while time.monotonic() < until:
                asked.request("GET", paths[at % len(paths)])
                asked.getresponse().read()
                at, counts[n] = at + 8, counts[n] + 1

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds


def addresses() -> dict[str, list[str]]:
    """What is asked for: documents at random, filters of the library as readers combine them."""
    from gongkai.catalogue.models import Item
    from gongkai.publications.models import Publication

    draw = random.Random(7)
    keys = list(Publication.objects.published().order_by().values_list("pk", flat=True))
    organs = list(Publication.objects.order_by().values_list("agency_id", flat=True).distinct())
    items = list(Item.objects.exclude(parent=None).values_list("agency_id", "pk"))
    lists = ["/policies/?kind=normative"]
    for _ in range(3000):
        parts = [f"kind={draw.choice(('normative', 'policy'))}", f"year={draw.randrange(2012, 2027)}",
                 f"agency={draw.choice(organs)}", f"validity={draw.choice(('in_force', 'repealed'))}"]
        taken = [*draw.sample(parts, draw.randrange(1, 4)), f"page={draw.randrange(1, 9)}"]
        lists.append("/policies/?" + "&".join(taken))
    return {
        "document": [f"/documents/{draw.choice(keys)}/" for _ in range(3000)], "list": lists,
        "content": [f"/agencies/{organ}/content/" for organ in organs],
        "item": [
            f"/agencies/{agency}/content/{pk}/?page={draw.randrange(1, 9)}" for agency, pk in draw.sample(items, 200)
        ],
    }


def counts() -> None:
    """How many queries a page asks, in this process and with nothing kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.portal.keeping import STORE

    client, targets = Client(HTTP_HOST="localhost"), addresses()
    for name in ("document", "list", "content", "item"):
        STORE.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(targets[name][-1])
        print(f"queries of a page, {name}: {len(asked)}")


def fill(count: int) -> int:
    """A county with forty organs and their catalogues, and `count` publications; 0 when they are there already."""
    from django.db import connection, transaction
    from django.utils import timezone

    from gongkai.accounts.actor import machine
    from gongkai.accounts.models import User
    from gongkai.agencies.actions import add
    from gongkai.catalogue.models import Item
    from gongkai.publications.models import Edition, GatePassage, Hand, Publication

    if Publication.objects.count() >= count:
        return 0
    by, at = machine("benchmark"), timezone.now()
    county = add(by=by, name="青澜县人民政府", kind="government", at=at)
    organs = [county] + [add(by=by, name=f"青澜县{name}局", parent=county, at=at) for name in NAMES]
    author, reviewer, leader = (User.objects.create_user(name, None, name=name) for name in ("a", "b", "c"))
    items: dict[int, list[int]] = {}
    for organ in organs:
        for n, name in enumerate(ITEMS):
            top = Item.objects.create(agency=organ, code=f"20.{n + 1}", name=name, source="statutory", order=n * 10)
            below = Item.objects.create(
                agency=organ, code=f"20.{n + 1}.1", name=f"{name}的具体事项", source="statutory", parent=top,
                order=n * 10 + 1,
            )
            items.setdefault(organ.pk, []).append(below.pk)
    with transaction.atomic():
        Publication.objects.bulk_create(rows(count, [organ.pk for organ in organs], items), batch_size=500)
        published = Publication.objects.order_by("pk").values_list(
            "pk", "title", "document_number", "topic", "formed_on", "summary", "created_at",
        )
        for batch in _batches(published.iterator(chunk_size=5000), 500):
            Edition.objects.bulk_create([
                Edition(publication_id=pk, number=1, state="draft", title=title, document_number=number, topic=topic,
                        formed_on=formed, summary=summary, body=BODY, text=TEXT, attribute="active", screened="pass",
                        author_id=author.pk, created_at=created)
                for pk, title, number, topic, formed, summary, created in batch
            ])
        keys = Edition.objects.order_by("pk").values_list("pk", flat=True)
        for batch in _batches(keys.iterator(chunk_size=5000), 2000):
            Hand.objects.bulk_create([Hand(edition_id=pk, user_id=author.pk, at=at) for pk in batch], batch_size=500)
            GatePassage.objects.bulk_create(
                [GatePassage(edition_id=pk, key="secrecy", name="保密关", order=1) for pk in batch], batch_size=500,
            )
        Edition.objects.update(state="review", digest=DIGEST, sent_at=at)
        GatePassage.objects.update(passed_by=reviewer, passed_at=at, digest=DIGEST)
        Edition.objects.update(state="reviewed")
        Edition.objects.update(
            state="signed", signed_by=leader, signed_at=at, signed_on=at.date(), signed_digest=DIGEST,
            decided_attribute="active",
        )
        with connection.cursor() as cursor:
            cursor.execute("UPDATE publications_edition SET state = 'published', published_at = created_at")
            cursor.execute(
                "UPDATE publications_publication SET current_id = (SELECT e.id FROM publications_edition e"
                " WHERE e.publication_id = publications_publication.id), index_number = 'X/' || id,"
                " first_published_at = created_at, updated_at = created_at, published_on = date(created_at)",
            )
            cursor.execute("UPDATE publications_publication SET latest_id = current_id")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def rows(count: int, organs: list[int], items: dict[int, list[int]]) -> Iterator[Any]:
    """Publications of fifteen years; a third of them policy documents, most of those in force."""
    from gongkai.publications.models import Publication

    draw, first = random.Random(4), date(2012, 1, 4)
    weights = [1 / (n + 1) ** 0.5 for n in range(len(organs))]
    for n in range(count):
        organ = draw.choices(organs, weights)[0]
        on = first + timedelta(draw.randrange((date(2026, 11, 20) - first).days))
        kind = draw.choice(("normative", "policy", "budget", "penalty", "licence", "statistics"))
        policy = kind in {"normative", "policy"}
        yield Publication(
            agency_id=organ, item_id=draw.choice(items[organ]), kind=kind, formed_on=on - timedelta(draw.randrange(15)),
            title=f"关于{draw.choice(PLACES)}{on.year}年{draw.choice(THINGS)}有关事项的通知（第{n}号）",
            document_number=f"青政发〔{on.year}〕{n % 400}号" if policy else "", topic=draw.choice(TOPICS),
            validity=draw.choice(("in_force", "in_force", "in_force", "repealed")) if policy else "",
            late_days=0 if draw.random() < 0.97 else 3, created_at=datetime.combine(on, datetime.min.time(), UTC)
            + timedelta(hours=9), summary="对有关事项的要求、时限和责任分工作出规定。",
        )


def _batches(found: Any, size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


NAMES = (
    "教育", "民政", "财政", "水利", "司法", "审计", "统计", "林业", "商务", "公安", "医疗保障", "应急管理", "农业农村",
    "自然资源", "生态环境", "交通运输", "卫生健康", "市场监督管理", "人力资源和社会保障", "住房和城乡建设",
    "文化和旅游", "退役军人事务", "发展和改革", "工业和信息化", "乡村振兴", "城市管理", "信访", "体育", "档案",
    "粮食和物资储备",
    "投资促进", "机关事务", "政务服务", "大数据", "供销", "气象", "地震", "消防救援", "税务",
)
ITEMS = (
    "法规规章和规范性文件", "机构职能", "规划信息", "统计信息", "行政许可", "处罚强制", "财政信息", "行政事业性收费",
    "政府采购", "重大建设项目", "民生信息", "突发公共事件", "监督检查", "公务员招考", "其他法定信息",
)
PLACES = ("枫坪镇", "云麓镇", "柳溪村", "和平街道", "城关片区", "青澜江沿线")
THINGS = (
    "征地补偿安置", "农村饮水安全", "污水处理收费", "义务教育招生", "道路养护", "安全生产检查", "医疗救助", "预算编制",
)
TOPICS = (
    "综合政务", "农业、水利", "财政、金融", "教育", "卫生、体育", "民政、扶贫", "城乡建设、环境保护", "劳动、人事",
)
_LINE = "为做好有关工作，现就有关事项通知如下，请结合实际认真贯彻执行。" * 3
TEXT = "\n".join(["各乡镇人民政府，县直各单位：", *[_LINE] * 8])
BODY = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())


if __name__ == "__main__":
    main()
