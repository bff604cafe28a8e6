"""A small site for the browser tests of the frame, its scripts and its styles: every kind of part once, with long names."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from dondoc.lib.refusals import Refused
from dondoc.web import states

TODAY = date(2025, 7, 1)
LONG = "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh Khánh Hòa"
TASK = "Tăng cường công tác kiểm tra, giám sát; kịp thời nhắc nhở, chấn chỉnh các chi bộ chưa hoàn thành chỉ tiêu"

LIST = """{% extends "web/base.html" %}{% block title %}Chỉ đạo{% endblock %}
{% block head_sentence %}3 việc quá hạn, 2 việc chờ đồng chí xác nhận.{% endblock %}
{% block main_action %}<a class="button-main" href="/form/">{% icon "plus" %}Nhập bài viết</a>{% endblock %}
{% block content %}{% include "web/_tabs.html" with label="Trạng thái" %}
<form><div class="table-scroll" tabindex="0" role="region" aria-label="Chỉ đạo"><table class="table compact">
<thead><tr><th scope="col">Nhiệm vụ</th><th scope="col">Chọn</th><th scope="col">Thời hạn</th><th scope="col">Trạng thái</th><th scope="col" class="num">Tỷ lệ</th></tr></thead>
<tbody data-list>{% for code in codes %}<tr><th scope="row"><a href="/form/?{{ code }}">{{ task }}</a></th>
<td class="narrow"><input type="checkbox" data-tick name="chosen" value="{{ code }}" aria-label="{{ code }}"></td>
<td class="nowrap">{{ today|day }}</td><td>{% state code %}</td><td class="num">{% rate 9 13 %}{% bar 9 13 %}</td></tr>{% endfor %}</tbody></table></div>
<div class="bulk-bar" data-bulk>Đã chọn <b data-bulk-count></b> việc</div></form>
<table class="table table-cards"><thead><tr><th>Đơn vị</th><th class="num">Đảng viên</th></tr></thead>
<tbody><tr><th scope="row">{{ long }}</th><td class="num" data-label="Đảng viên">{{ none|number }}</td></tr></tbody></table>
{% include "web/_empty.html" with why="Chưa có buổi làm việc nào." what="Nhập một bài viết." url="/form/" action="Nhập bài viết" %}
{% endblock %}"""

UNIT = """{% extends "web/base.html" %}{% load static %}{% block title %}{{ long }}{% endblock %}
{% block crumbs %}<ol class="crumbs"><li><a href="/">Tỉnh ủy Khánh Hòa</a></li><li><a href="/">{{ long }}</a></li></ol>{% endblock %}
{% block scripts %}<script src="{% static 'web/joined.js' %}" defer></script>{% endblock %}
{% block content %}<dl class="figures">{% include "web/_figure.html" with label="Đảng viên" value=1234 measure="đảng viên" reported=3 expected=5 series=series only %}
{% include "web/_figure.html" with label="Kết nạp" value=none derived="4 = 100" only %}</dl>
<ul class="tree"><li><div class="tree-row"><a href="/">{{ long }}</a></div><details open><summary>2 đơn vị trực thuộc</summary>
<ul><li class="is-current"><div class="tree-row"><a href="/">Đảng bộ xã Sơn Tân</a></div></li><li><div class="tree-row"><a href="/">{{ long }}</a></div></li></ul></details></li></ul>
{% include "web/_timeline.html" %}
<div class="review"><div class="review-text" tabindex="0" role="region" aria-label="Văn bản"><p>Đảng bộ xã có
<mark class="mark-figure" id="place-3" data-joined="3"><a href="#value-3">78 đảng viên</a></mark>, sinh hoạt tại 5 chi bộ.</p></div>
<div class="review-values"><ol class="value-list"><li class="value" id="value-3" data-joined="3" tabindex="-1"><div class="value-head"><span class="value-label">Đảng viên</span>
<a class="value-origin" href="#place-3">Quy tắc: số đảng viên</a></div><p class="value-shown">78</p></li></ol></div></div>{% endblock %}"""

FORM = """{% extends "web/base.html" %}{% load static %}{% block title %}Báo cáo kết quả{% endblock %}
{% block scripts %}<script src="{% static 'web/fill.js' %}" defer></script>{% endblock %}
{% block content %}{% include "web/_problems.html" %}<form class="form" method="post" action="/refuse/" enctype="multipart/form-data">{% act_fields 3 %}
{% for field in form %}{% include "web/_field.html" %}{% endfor %}<p class="actions"><button class="button-main">Gửi</button></p></form>
<form hx-post="/refuse/" hx-target="this" id="part">{% csrf_token %}<input name="product" aria-label="Sản phẩm" value="Kế hoạch"><button class="button">Lưu phần này</button></form>
<table class="table fill compact"><thead><tr><th scope="col"><span class="fill-head">Sản phẩm <button class="fill-down" type="button" data-fill-down="product" aria-label="Điền xuống">{% icon "arrow-down" 16 %}</button></span></th></tr></thead>
<tbody>{% for row in "123" %}<tr><td><input data-column="product" aria-label="Sản phẩm {{ row }}" class="is-lacking"></td></tr>{% endfor %}</tbody></table>
{% endblock %}"""


class ReportForm(forms.Form):
    text = forms.CharField(label="Nội dung", widget=forms.Textarea, help_text="Nêu rõ việc đã làm.")
    due_on = forms.CharField(
        label="Thời hạn", widget=forms.TextInput(attrs={"class": "input-day", "data-day": "", "inputmode": "numeric"})
    )
    kind = forms.ChoiceField(label="Hình thức", choices=[("a", "Có thời hạn"), ("b", LONG)], widget=forms.RadioSelect)
    evidence = forms.FileField(label="Minh chứng", required=False)
    sure = forms.BooleanField(label="Đã kiểm tra số liệu")


def place(label: str, url: str, request: HttpRequest) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": "network", "current": request.path == url}


def frame(request: HttpRequest) -> dict[str, Any]:
    on = date(2023, 4, 28) if request.GET.get("on") else TODAY
    rail = [
        place("Việc của tôi", "/", request),
        place("Buổi làm việc", "/unit/", request),
        place("Chỉ đạo", "/form/", request),
    ]
    return {
        "rail": rail,
        "bottom": rail,
        "search_url": "/",
        "on": on,
        "today": TODAY,
        "on_is_today": on == TODAY,
        "back_to_today_url": request.path,
        "actor_label": LONG,
        "posts": [{"id": 1, "label": LONG, "current": True}, {"id": 2, "label": "Bí thư Chi bộ", "current": False}],
        "switch_url": "/switch/",
        "clock_url": "/clock/",
        "demonstration": {"day": TODAY, "version": 1},
    }


class Person:
    is_authenticated = True


def show(source: str, request: HttpRequest, **context: Any) -> HttpResponse:
    template = engines["django"].from_string(source)
    known = {"frame": frame(request), "user": Person(), "today": TODAY, "long": LONG, "task": TASK, "none": None}
    return HttpResponse(template.render({**known, **context}, request))


def listed(request: HttpRequest) -> HttpResponse:
    if request.GET.get("say"):
        messages.success(request, "Đã ban hành 6 nhiệm vụ.")
    tabs = [{"label": "Tất cả", "url": "/", "count": 1234, "current": True, "state": None}]
    tabs += [{"label": states.word(code), "url": "/", "count": 0, "state": code} for code in states.STATES]
    return show(LIST, request, codes=list(states.STATES), tabs=tabs)


def unit(request: HttpRequest) -> HttpResponse:
    entries = [
        {
            "on": TODAY - timedelta(days=days),
            "title": TASK,
            "url": "/",
            "who": LONG,
            "state": "handed_over",
            "body": TASK,
        }
        for days in (0, 0, 12)
    ]
    return show(UNIT, request, entries=entries, series=[1, 2, None, 4, 5])


def form(request: HttpRequest) -> HttpResponse:
    return show(
        FORM, request, form=ReportForm({} if request.GET.get("wrong") else None, initial={"due_on": "15/09/2025"})
    )


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("web.key_used", current=[("Thời hạn", "15/09/2025")])


def plain(request: HttpRequest) -> HttpResponse:
    source = '{% extends "web/base_plain.html" %}{% block title %}Đăng nhập{% endblock %}{% block content %}<p>Nội dung</p>{% endblock %}'
    return show(source, request)


urlpatterns = [
    path("", listed),
    path("unit/", unit),
    path("form/", form),
    path("refuse/", refuse),
    path("plain/", plain),
    path("sign-out/", plain, name="account_logout"),
]
