"""Fill an empty database with the demonstration, and say how to sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.overview.demonstration.build import NotEmpty, build

SIGN_IN = """\
Bản trình diễn bắt đầu ngày 28/04/2023. Trang đăng nhập có danh sách các chức danh; mật khẩu chung: {password}
  van-phong-tinh-uy                 Văn phòng Tỉnh ủy: tiếp nhận bài báo, chuẩn bị và ban hành
  pho-bi-thu-tinh-uy                Phó Bí thư Tỉnh ủy: phê duyệt, xem trang lãnh đạo
  van-phong-dang-uy-xa-son-tan      Văn phòng Đảng ủy xã Sơn Tân: nhận việc, báo cáo
  bi-thu-huyen-uy-cam-lam           Bí thư Huyện ủy Cam Lâm: xác nhận kết quả
Huyện giả định có báo cáo hai năm trước đó:
  bi-thu-chi-bo-thon-1-mau-an-xa-mau-an   Bí thư chi bộ: nhập và gửi báo cáo tháng
  van-phong-dang-uy-xa-mau-an             Văn phòng Đảng ủy xã: chấp nhận báo cáo, tổng hợp
  bi-thu-huyen-uy-mau-gia-dinh            Bí thư Huyện ủy: số liệu, chỉ tiêu
  ban-to-chuc-tinh-uy                     Ban Tổ chức Tỉnh ủy: sắp xếp tổ chức
"""


class Command(BaseCommand):
    """`dondoc demonstration`."""

    help = "Fill an empty database with the demonstration and print how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = build()
        except NotEmpty:
            raise CommandError(
                "Cơ sở dữ liệu đã có dữ liệu; bản trình diễn chỉ dựng trên cơ sở dữ liệu trống."
            ) from None
        self.stdout.write(SIGN_IN.format(password=password))
