"""Heads of an invented unit, so that a template can be seen filled in. Nothing in them is a real unit or person."""

from datetime import date

from dondoc.documents.symbols import symbol

from .parts import Head, Signing

_BODIES = {
    "TW": (
        "central",
        "",
        "BAN CHẤP HÀNH TRUNG ƯƠNG",
        Signing("T/M", "BAN BÍ THƯ", "BÍ THƯ TRUNG ƯƠNG ĐẢNG", "Nguyễn Văn Mẫu"),
    ),
    "TU": ("province", "", "TỈNH ỦY MẪU", Signing("T/M", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu")),
    "HU": (
        "district",
        "ĐẢNG BỘ TỈNH MẪU",
        "HUYỆN ỦY MẪU",
        Signing("T/M", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),
    ),
    "ĐU": (
        "commune",
        "ĐẢNG BỘ TỈNH MẪU",
        "ĐẢNG ỦY XÃ MẪU",
        Signing("T/M", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),
    ),
    "CB": ("cell", "ĐẢNG ỦY XÃ MẪU", "CHI BỘ THÔN MẪU", Signing("T/M", "CHI BỘ", "BÍ THƯ", "Nguyễn Văn Mẫu")),
}
_SUBJECTS = {
    "TB": ("Thông báo", "kết luận buổi làm việc với các đảng ủy xã về công tác phát triển đảng viên"),
    "CV": ("", "V/v đôn đốc thực hiện nhiệm vụ quá hạn"),
    "BB": ("Biên bản", "buổi làm việc về công tác phát triển đảng viên"),
    "BC": ("Báo cáo", "kết quả công tác phát triển đảng viên"),
    "KH": ("Kế hoạch", "khắc phục hạn chế, khuyết điểm trong công tác phát triển đảng viên"),
}


def head_for(type_code: str, kind: str, on: date) -> Head:
    """A head as units of this kind write it on documents of this type; a commune's where the kind issues none."""
    written = symbol(type_code, kind) or f"{type_code}/ĐU"
    level, superior, issuer, signing = _BODIES.get(written.rpartition("/")[2], _BODIES["ĐU"])
    type_name, abstract = _SUBJECTS[type_code]
    by_persons = type_code == "BB"
    return Head(
        superior=superior,
        issuer=issuer,
        number="1",
        symbol=f"{type_code}/{written.rpartition('/')[2]}",
        place="Mẫu",
        dated_on=on,
        level=level,
        type_name=type_name,
        abstract=abstract,
        signing=Signing("", "", "CHỦ TRÌ", "Nguyễn Văn Mẫu") if by_persons else signing,
        recipients=("Các đơn vị có liên quan", "Lưu hồ sơ"),
        beside=Signing("", "", "NGƯỜI GHI BIÊN BẢN", "Trần Thị Mẫu") if by_persons else None,
    )
