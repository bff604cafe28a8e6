"""What sounds like a verdict and is none, or is one only in part: plans, figures, the course of a session, decisions."""

import re

NOT_JUDGED = re.compile(
    r"đến mức phải|kỷ luật .{0,30}đối với|bị khởi tố|khởi tố (?:bị can|\d|vụ án)|bị can|mục tiêu(?: là| đến|:)|thi hành kỷ luật (?:\d|đối|đảng viên|tổ chức|bằng|với|cảnh|khiển)|bị thi hành|hình thức kỷ luật|kết luận:? \d|\d+ (?:tổ chức đảng|cá nhân|đảng viên|chi bộ)[^,;]{0,20} còn (?:có )?(?:khuyết|hạn|vi)|(?:đã|bị|phải|xử lý|hành|có) kỷ luật \d|kỷ luật (?:cảnh cáo|khiển trách)|là gì\Z|(?:\A|[,:] )(?:mặc dù|dù|tuy|dẫu) [^,;:]{0,30}(?:khó khăn|thách thức)[^,;:]{0,9}\Z"
)
PURPOSE = re.compile(r"(?:\A|, )(?:nếu|để(?! xảy ra| tình trạng| lại| một| nhiều| mất| thất| các)|phấn đấu|nhằm) ")
"""What is meant or supposed: no verdict, unless one stands before it."""
OF_DISCIPLINE = re.compile(r"\W*(?:nguyên nhân|lý do)\b[^.;:]{0,40}\bkỷ luật\b")
"""Why somebody was disciplined."""
VIOLATION = re.compile(
    r"vi phạm (?:quy|kỷ|điều|khoản|nguyên|chính sách|trong|về|pháp luật \d)|(?:dấu hiệu|đảng viên|có|đã|do|các|những) vi phạm"
)
"""Violations that are told of, not judged; in praise they have been mended."""
STILL_VIOLATED = re.compile(
    r"\b(?:vẫn|vẫn có|còn|còn có|còn để|còn để xảy ra|tình trạng)(?: (?!bị|phải|thi)[^\W\d_]+){1,5} vi phạm (?!đến mức)"
)
"""That something is still violated is judged: "vẫn còn đảng viên vi phạm kỷ luật"."""
NO_STORY = re.compile(
    r"\W*(?:(?:nhân )?dịp này|về dự|tham dự|dự (?:hội nghị|buổi|đại hội|lễ|cuộc|và)|cùng dự|cùng tham gia|tham gia đoàn|phát biểu tại|đến dự|nội dung (?:hội nghị|buổi|cuộc|chính|kiểm tra|giám sát|gồm|chủ yếu|trọng tâm|cụ thể|thứ|chỉ thị|nghị quyết|như|sau|tập trung|làm việc|thảo luận)|(?:để )?(?:có|đạt) được (?:những |các )?(?:kết quả|thành tích|thành công) (?:trên|đó|này|nêu trên|như trên|ấy|như vậy)|tại (?:hội nghị|buổi làm việc|đại hội|cuộc họp),? (?:các|đã nghe)|mục tiêu|phấn đấu|phương hướng|(?:các |những |một số )?(?:nhiệm vụ|chỉ tiêu|mục tiêu|giải pháp)\b[^.:;]{0,60}(?:đề ra|trọng tâm|chủ yếu|đặt ra|sau|là)[^.:;]{0,20}:\s*|những (?:khó khăn|hạn chế|tồn tại|vướng mắc) (?:này|đó|trên|nêu trên) (?!ảnh|làm|khiến|đã làm|dẫn|một phần là|chủ yếu là|là do|do |bắt nguồn|xuất phát)|(?:trong đó,? )?trọng tâm (?:là|của|gồm)|trong thời gian tới|thời gian tới|năm tới|sắp tới|nhiệm kỳ tới|để|nhằm|kế hoạch)\b"
)
OF_SESSION = re.compile(
    r"(?:tham luận|ý kiến|đại biểu|cuộc họp|hội nghị|buổi làm việc|buổi sinh hoạt)[^.;,]{0,30}(?<!chưa) (?:đã |cũng |tập trung |thống nhất )*(?:đánh giá (?:toàn diện|khách quan|kết quả|tình hình|thực trạng|công tác)|thảo luận|tranh luận|chất vấn|hiến kế|góp ý|phân tích|trao đổi|làm rõ|bàn|đề xuất|đưa ra|nghe|thông qua|góp ý)"
    r"|\b(?:nhấn mạnh|khẳng định|nêu bật|nêu rõ|quán triệt|làm rõ) (?:về )?(?:tầm quan trọng|ý nghĩa|vai trò|sự cần thiết|vị trí|mục đích)\b"
    r"|\b(?:hội nghị|đại hội|buổi lễ|buổi làm việc|phiên họp)[^.;,]{0,20} diễn ra\b|(?:đại biểu|đảng viên|ý kiến)[^.;,]{0,20}(?:đề cập|nêu ý kiến|phát biểu ý kiến|tham gia thảo luận)"
    r"|\b(?:mong muốn|chúc mừng|mong rằng)\b"
)
FAULTS_ANALYSED = re.compile(
    r"(?:[^.;:,]{0,40} )?(?:hội nghị|đại biểu|ý kiến|báo cáo)\b[^.;:]{0,90}\b(?:hạn chế|tồn tại|khuyết điểm|yếu kém)\b[^.;:]{0,90}[;,] trong đó,? (?=[^.;]{0,120} (?:chưa|chậm|còn|thấp|yếu)\b)"
)
"""A meeting looked into what was lacking, "trong đó …": what follows says what."""
SESSION_WORDS = (
    "tham luận", "ý kiến", "đại biểu", "cuộc họp", "hội nghị", "buổi ", "nhấn mạnh", "khẳng định", "nêu ", "quán triệt", "làm rõ", "diễn ra", "đề cập",
    "thảo luận", "mong ", "chúc mừng",
)  # fmt: skip
"""One of these stands in all that `OF_SESSION` finds."""
SESSION_FIRST = re.compile(
    r"(?:[^.;:,]{0,40} )?(?:hội nghị|đại biểu|ý kiến|đại hội|cuộc họp)[^.;:,]{0,30} (?:chỉ ra|chỉ rõ|nêu ra|nêu rõ|phân tích|làm rõ) (?:rõ )?(?:một số |những |các )*(?:mặt )?(?:tồn tại|hạn chế|khuyết điểm|yếu kém|khó khăn|thuận lợi|vướng mắc|ưu điểm|thành tựu)(?:(?! như | chưa | còn | là |:).)*\Z"
    r"|\W*(?:đó|đây) (?:cũng )?là (?:chỉ đạo|yêu cầu|ý kiến|kết quả|nội dung|những lĩnh vực|một trong)"
)
PLANS = re.compile(
    r"xác định\s*:|xác định (?:rõ )?(?:là )?(?:các |những |một số |\d+ |phương hướng,? )*(?:nhiệm vụ|mục tiêu|phương hướng|giải pháp|chỉ tiêu|khâu đột phá|trọng tâm)\b"
    r"|(?:nhiệm vụ|giải pháp|mục tiêu|phương hướng|trọng tâm)\b[^.;:,\d]{0,50}(?:(?<!được)(?<!đã) (?:là|như|gồm)(?= |:)|:)"
    r"|(?:đề ra|đặt ra|thống nhất|thông qua|triển khai) (?:các |những |một số |phương hướng,? |\d+ |[a-zđ]+ )?(?:nhiệm vụ|mục tiêu|giải pháp|phương hướng)\b[^.;:,]{0,60}(?::| là | như )"
    r"|(?:đề ra|đặt ra) (?:các |những |một số |\d+ )?chỉ tiêu\b[^.;:,]{0,60}(?::| là | như)|; phấn đấu (?=đến|cuối|có|đạt|năm|100|trên|\d)"
    r"|\b(?:thời gian|năm|quý|tháng|nhiệm kỳ) (?:tới|sau)(?= ?,)|\b(?:\d+ tháng|quý|tháng) cuối năm,|\bnhững tháng cuối năm"
)
"""What follows is to be done, in this clause and in the next ones of its sentence."""
PLANNING = (
    "xác định",
    "nhiệm vụ",
    "giải pháp",
    "mục tiêu",
    "phương hướng",
    "trọng tâm",
    " tới",
    " sau",
    "cuối năm,",
    "chỉ tiêu",
    "phấn đấu",
)
"""One of these stands in all that `PLANS` finds."""
THANKS = re.compile(
    r"\W*(?:để )?(?:có|đạt|giành|thu)(?: được)? (?:những |các )?(?:kết quả|thành tích|thành công|điều|chuyển biến|thành quả)[^.;:,]{0,40}? (?:là |chính là |phải kể đến |trước hết là |một phần là |một phần )?(?:nhờ|do) (?:vào |có |việc )?"
    r"|\W*(?:(?:một trong )?(?:những |các )?)?nguyên nhân (?:quan trọng|thành công|của (?:những |các )?(?:kết quả|thành công|thành tích|ưu điểm))[^.;:,]{0,40}? (?:là|do)(?: do| nhờ)? "
)
"""Whom the results are owed to: what follows is praised."""
CONSEQUENCE = re.compile(
    r"(?:những|các) (?:hạn chế|khuyết điểm|vi phạm|sai phạm|việc làm)(?:, (?:hạn chế|khuyết điểm|vi phạm))* (?:nêu trên|trên|này|đó|nói trên)[^.;]{0,20} (?:gây|làm|ảnh hưởng|có nguy cơ|dẫn đến|dẫn tới)\b(?!.*đến mức phải)"
)
"""What the faults that were just concluded led to."""
REMEDIED = re.compile(
    r",? (?:nên|và|, đồng thời|đồng thời) (?:đã |cũng đã |đã được |được )*(?:nhắc nhở|yêu cầu|chỉ đạo|đề nghị|kịp thời nhắc nhở|kịp thời chỉ đạo|chấn chỉnh|uốn nắn|(?<!tự phê bình và )phê bình|rút kinh nghiệm)\b.*"
)
UNSAID = re.compile(
    r"\b(?:còn|có|bộc lộ|gặp|vướng|tồn tại)(?: có| một số| những| không ít| nhiều| các| phải| vướng)*(?: mặt| điểm)? (?:hạn chế|khuyết điểm|khó khăn|tồn tại|bất cập|yếu kém|vướng mắc)[^.;:]{0,70}\Z"
)
"""Says only that something is lacking."""
COUNTING = re.compile(r"\bnhư\s?:[^;]*\d")
"""Units that did well, each with its figures: figures, no verdict."""
DETAIL = re.compile(
    r":(?=[^()]*\d)[^()]*\Z|, (?:cụ thể|trong đó|điển hình|tiêu biểu|có thêm|ước tổng|đưa tổng|đưa tổng số|như:|(?:toàn (?:xã|huyện|tỉnh|phường|thị xã|thành phố|quận|đảng bộ)|đến nay|hiện|hiện nay|trong năm|hằng năm|hàng năm)(?: đã)? (?:có|kết nạp|tổ chức|mở|đạt)(?= (?:\d|trên|hơn|gần)))\b.*(?<!ương )(?<!thị )(?<!khóa )(?<!số )(?<!định )(?<!quyết )(?<!luận )\b\d.*"
)
ATTENDED = re.compile(
    r"\bđược (?:quan tâm|chú trọng|đẩy mạnh)\b[^,;:]{0,20}, (?:đã )?(?:kết nạp|xét|mở|tổ chức|công nhận|giới thiệu)[^,;:]{0,20}\d"
)
"""Attention, and then figures: no verdict."""
GIVEN = re.compile(
    r"(?<!công tác )(?<!việc )(?<!truy )\b(?:trao|trao tặng|tặng|nhận|tặng thưởng) (?:bằng|giấy|danh|huy|thưởng|cờ|kỷ|quà)\b"
)
