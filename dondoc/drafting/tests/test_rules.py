"""What a file that comes back changes in a draft, and when a directive goes out: no database."""

import pytest

from dondoc.drafting.rules import (
    MOVES,
    Kind,
    Known,
    Piece,
    State,
    Tag,
    at_least,
    compare,
    digest,
    goes_out,
    move,
    read_bookmark,
    read_tag,
    side_by_side,
    whose,
)
from dondoc.lib.refusals import Refused

DRAFT = 7
FRAME = ["TỈNH ỦY A", "Số       -TB/TU", "Nơi nhận:", "- Đảng ủy xã B."]
TEXTS = (
    "Đảng ủy xã B đã kết nạp đủ số đảng viên theo kế hoạch của năm.",
    "Đảng ủy xã B ít kiểm tra, chưa đôn đốc các chi bộ trực thuộc.",
    "Đảng ủy xã B xây dựng kế hoạch khắc phục, báo cáo trước ngày 30/5.",
)
KNOWN = [Known(key, text, counter=1, since=1) for key, text in enumerate(TEXTS, 1)]


def tagged(key: int, text: str, *, was: str = "", draft: int = DRAFT, version: int = 4) -> Piece:
    return Piece(text, Tag(draft, version, key, digest(was or TEXTS[key - 1])))


def file_of(*pieces: Piece) -> list[Piece]:
    """A file with the form around its pieces."""
    return [Piece(FRAME[0]), Piece(FRAME[1]), *pieces, Piece(""), Piece(FRAME[2]), Piece(FRAME[3])]


def found(pieces: list[Piece], known: list[Known] | None = None) -> list[tuple[Kind, int | None, str]]:
    compared = compare(known or KNOWN, FRAME, pieces, DRAFT)
    assert compared is not None
    return [(one.kind, one.clause, one.there) for one in compared.differences]


SAME = [tagged(1, f"1. {TEXTS[0]}"), tagged(2, f"2. {TEXTS[1]}"), tagged(3, f"1. {TEXTS[2]}")]


def test_a_file_that_nobody_touched_changes_nothing_whatever_numbers_stand_before_its_paragraphs() -> None:
    assert found(file_of(*SAME)) == []


def test_other_words_in_a_control_are_a_change_of_its_piece() -> None:
    other = "Đảng ủy xã B chưa kiểm tra."
    assert found(file_of(SAME[0], tagged(2, f"2. {other}"), SAME[2])) == [(Kind.CHANGED, 2, other)]


def test_a_piece_that_is_gone_or_emptied_is_told_as_removed() -> None:
    assert found(file_of(SAME[0], SAME[2])) == [(Kind.REMOVED, 2, "")]
    assert found(file_of(SAME[0], tagged(2, "2. "), SAME[2])) == [(Kind.REMOVED, 2, "")]


def test_a_paragraph_between_pieces_or_right_after_them_is_new_and_follows_the_piece_before_it() -> None:
    new = Piece("Giao Ban Tổ chức theo dõi.")
    assert found(file_of(SAME[0], new, *SAME[1:])) == [(Kind.ADDED, 1, new.text)]
    assert found(file_of(*SAME, new)) == [(Kind.ADDED, 3, new.text)]


def test_what_changed_in_the_form_around_the_pieces_is_named_and_is_no_paragraph() -> None:
    pieces = file_of(*SAME)
    pieces[0] = Piece("TỈNH ỦY C")
    pieces.append(Piece("Người lập biểu"))
    assert found(pieces) == [(Kind.OUTSIDE, None, "TỈNH ỦY C"), (Kind.OUTSIDE, None, "Người lập biểu")]


def test_another_order_is_told_once_with_all_the_pieces() -> None:
    compared = compare(KNOWN, FRAME, file_of(SAME[2], SAME[0], SAME[1]), DRAFT)
    assert compared is not None
    assert [(one.kind, one.order) for one in compared.differences] == [(Kind.ORDER, (3, 1, 2))]


def test_a_piece_untouched_in_an_older_file_stays_as_the_draft_has_it_now() -> None:
    newer = [KNOWN[0], Known(2, "Sửa trên trang sau khi tải tệp.", counter=6, since=1), KNOWN[2]]
    assert found(file_of(*SAME), newer) == []


def test_a_piece_changed_on_both_sides_says_so() -> None:
    newer = [KNOWN[0], Known(2, "Sửa trên trang sau khi tải tệp.", counter=6, since=1), KNOWN[2]]
    compared = compare(newer, FRAME, file_of(SAME[0], tagged(2, "Sửa trong tệp."), SAME[2]), DRAFT)
    assert compared is not None
    assert [(one.kind, one.both) for one in compared.differences] == [(Kind.CHANGED, True)]


def test_a_piece_that_came_into_the_draft_after_the_file_was_made_is_not_missing_in_it() -> None:
    newer = [*KNOWN, Known(4, "Đoạn thêm sau khi tải tệp.", counter=6, since=6)]
    assert found(file_of(*SAME), newer) == []


def test_without_controls_pieces_are_found_by_their_words_and_the_page_is_told() -> None:
    plain = [Piece(f"1. {TEXTS[0]}"), Piece(f"2. {TEXTS[1].replace('ít', 'hiếm khi')}"), Piece(f"1. {TEXTS[2]}")]
    compared = compare(KNOWN, FRAME, file_of(*plain), DRAFT)
    assert compared is not None
    assert compared.by_text
    assert [(one.kind, one.clause) for one in compared.differences] == [(Kind.CHANGED, 2)]


def test_one_lost_control_is_found_by_its_words_beside_those_that_kept_theirs() -> None:
    assert found(file_of(SAME[0], Piece(f"2. {TEXTS[1]}"), SAME[2])) == []


def test_a_document_of_somebody_else_is_none_of_this_draft() -> None:
    assert compare(KNOWN, FRAME, [Piece("Báo cáo tổng kết năm"), Piece("Kết quả đạt được")], DRAFT) is None


def test_a_control_that_was_copied_counts_where_it_stands_first_and_its_copy_is_new() -> None:
    copy = tagged(2, "Một đoạn khác hẳn.")
    assert found(file_of(*SAME[:2], copy, SAME[2])) == [(Kind.ADDED, 2, copy.text)]


def test_a_file_of_strange_paragraphs_is_known_to_differ_before_it_is_compared() -> None:
    strange = [Piece(f"Đoạn lạ {n}") for n in range(500)]
    assert at_least(KNOWN, FRAME, file_of(*SAME, *strange), DRAFT) == 500
    assert at_least(KNOWN, FRAME, file_of(*SAME), DRAFT) <= 0


def test_a_file_is_of_this_draft_where_one_control_says_so_else_of_the_draft_that_it_names() -> None:
    other = tagged(1, "x", draft=9)
    assert whose([other, SAME[0]], DRAFT) == DRAFT
    assert whose([other], DRAFT) == 9
    assert whose([Piece("x")], DRAFT) is None


@pytest.mark.parametrize(
    "text", ["", "dd-1-2-3", "dd-1-2-3-xyzxyzxy", "dd-1-2-3-abcdefabc", f"dd-{'9' * 20}-1-1-abcdefab"]
)
def test_what_is_no_tag_of_ours_is_none(text: str) -> None:
    assert read_tag(text) is None


def test_the_tag_of_a_control_and_the_name_of_its_bookmarks_say_the_same() -> None:
    tag = Tag(12, 5, 34, "abcdef12")
    assert read_tag(str(tag)) == tag == read_bookmark("_dd_12_5_34_abcdef12_3")
    assert read_bookmark("_Toc12345") is None


def test_wordings_side_by_side_mark_only_the_words_that_differ() -> None:
    left, right = side_by_side("báo cáo trước ngày 30/5", "báo cáo trước ngày 15/6")
    assert [(one.text, one.same) for one in left] == [("báo cáo trước ngày ", True), ("30/5", False)]
    assert [(one.text, one.same) for one in right] == [("báo cáo trước ngày ", True), ("15/6", False)]


def test_every_move_that_is_not_in_the_table_is_refused() -> None:
    for state in State:
        for verb in ("approve", "send_back", "issue", "drop"):
            if (state, verb) not in MOVES:
                with pytest.raises(Refused, match="not_in_this_state"):
                    move(state, verb)


@pytest.mark.parametrize(
    ("assignments", "fate"),
    [
        ([], "quote"),
        ([("drafted", False)], "waits"),
        ([("approved", False), ("drafted", False)], "waits"),
        ([("approved", False), ("cancelled", False)], "issue"),
        ([("in_progress", False)], "quote"),
        ([("issued", True), ("approved", False)], "went_out"),
        ([("cancelled", True)], "quote"),
    ],
)
def test_a_directive_goes_out_once_and_only_when_all_of_it_is_approved(
    assignments: list[tuple[str, bool]], fate: str
) -> None:
    assert goes_out(assignments) == fate
