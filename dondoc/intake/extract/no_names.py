"""Words beside a type word or a post that say where a unit's name cannot begin, go on or end, or that it is a number."""

POST_WORDS = ("thư", "tịch", "nhiệm", "trưởng", "đốc", "viên", "lệnh", "ủy", "phó")
POST_WITHIN = 7
BARE = {"tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"}
NOT_AFTER_BARE = {"phận", "hội", "viên", "đoàn", "lỵ", "lộ", "táo", "đội", "ủy", "đảng"}
NOT_IN_NAME = {
    "phó", "bí", "chủ", "trưởng", "ủy", "đảng", "ubnd", "hđnd", "mttq", "ubkt", "nguyên",
}  # fmt: skip
WRITTEN_LARGE = frozenset(
    ("bộ", "mỏ", "báo", "đài", "cảng", "chợ", "than", "cao", "thuế", "điện", "đội", "trạm", "thanh", "viễn")
)
"""Agencies whose word means other things when it is written small."""
NOT_BEFORE_TYPE = {
    "bản": ("xuất", "văn", "cơ", "kịch", "phiên", "bài", "ấn", "bình", "biên", "dự", "các"), "thôn": ("nông",), "thị xã": (), "phường": (),
    "khu phố": (), "buôn": (), "khu": ("quân", "chiến", "phân", "liên", "đặc", "tiểu"), "làng": ("dân", "xóm"), "ấp": ("ôm",),
}  # fmt: skip
POSTS_AFTER_FORMER = (["phó"], ["bí"], ["chủ"], ["trưởng"], ["ủy"], ["giám"], ["tổng"])
WHOLE = ("toàn", "cả")
NUMBERED = {"quận", "phường", "khu phố", "tổ dân phố", "thôn", "xóm", "ấp", "chi bộ", "khu dân cư", "khu"}
NO_NAMES = (["nông", "thôn"], ["đô", "thị"], ["kiểu", "mẫu"], ["văn", "minh"], ["thông", "minh"])
"""What a type word may be said to be, written large or small: "xã Nông thôn mới"."""
COUNT_WORDS = {"các", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "những", "02", "03"}
