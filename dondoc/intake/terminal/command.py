"""`dondoc intake FILE|FOLDER… [--json] [--out DIR] [--workers N]`: read articles and reports from files, without a database."""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from dondoc.intake.extract.files import BadFile, text_of
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.record import as_record
from dondoc.lib.options import Parser

from .show import show

ENDING = """\
Mã kết thúc: 0 mọi tệp đã đọc; 1 có tệp không đọc được (lý do ghi ở cuối và trong THƯ_MỤC/khong-doc-duoc.txt);
2 tùy chọn chưa đúng; 130 dừng bằng Ctrl-C, chạy lại để đọc tiếp.

Những gì cơ quan đã sửa trên bản nháp: dondoc intake corrections --help
"""


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text}: số tiến trình là một số từ 1 đến 256")
    return int(text)


def main(argv: list[str]) -> int:
    """Run the command. Returns 0, or 1 where a file was skipped, or 130 where it was interrupted."""
    parser = Parser(
        "intake",
        "Đọc bài báo, báo cáo thành bản ghi nháp.",
        epilog=ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="TỆP", type=Path, help="tệp văn bản, hoặc thư mục chứa chúng")
    parser.add_argument("--json", action="store_true", help="in bản ghi dạng JSON")
    parser.add_argument(
        "--out", type=Path, metavar="THƯ_MỤC", help="ghi mỗi tệp thành một bản ghi TÊN.json; chạy lại thì đọc tiếp"
    )
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="SỐ",
        help="số tiến trình cùng đọc khi có --out; mặc định theo số nhân của máy",
    )
    options = parser.parse_args(argv)
    errors = Console(stderr=True)
    if options.out is not None:
        from . import folder

        return folder.run(options.paths, options.out, workers=options.workers, errors=errors)
    try:
        return _print(options.paths, as_json=options.json, errors=errors)
    except KeyboardInterrupt:
        return 130


def _print(paths: list[Path], *, as_json: bool, errors: Console) -> int:
    """Print what each file says, one after the other."""
    from .places import places

    console = Console()
    bad = 0
    for place in places(paths, None):
        try:
            if place.fault is not None:
                raise BadFile(place.fault)
            reading = read(text_of(place.source))
            if as_json:
                sys.stdout.write(json.dumps(as_record(reading), ensure_ascii=False, indent=1) + "\n")
            else:
                show(console, place.source.name, reading)
                console.print()
        except BadFile as error:
            errors.print(f"{place.source}: {error}", markup=False, highlight=False, soft_wrap=True)
            bad = 1
    return bad
