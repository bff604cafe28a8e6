/* A small calendar beside a typed date (`input[data-day]`). The field stays a plain field: one can always type 28/04/2023. */
(function () {
  "use strict";

  var words = document.getElementById("calendar-words");
  if (!words) return;
  var open = null;

  function two(number) { return String(number).padStart(2, "0"); }
  function write(day) { return two(day.getDate()) + "/" + two(day.getMonth() + 1) + "/" + day.getFullYear(); }
  function read(text) {
    var parts = /^\s*(\d{1,2})[\/.-](\d{1,2})[\/.-](\d{4})\s*$/.exec(text);
    if (!parts) return null;
    var day = new Date(Number(parts[3]), Number(parts[2]) - 1, Number(parts[1]));
    return day.getDate() === Number(parts[1]) && day.getMonth() === Number(parts[2]) - 1 ? day : null;
  }

  function close(back) {
    if (!open) return;
    open.panel.remove();
    open.button.setAttribute("aria-expanded", "false");
    if (back) open.button.focus();
    open = null;
  }

  function draw(month) {
    var head = open.panel.querySelector("[data-month]");
    head.textContent = words.dataset.month + " " + two(month.getMonth() + 1) + "/" + month.getFullYear();
    open.month = month;
    var body = open.panel.querySelector("tbody");
    var chosen = read(open.field.value);
    var today = words.dataset.today;
    var day = new Date(month.getFullYear(), month.getMonth(), 1);
    day.setDate(1 - ((day.getDay() + 6) % 7));
    body.replaceChildren();
    for (var week = 0; week < 6; week += 1) {
      var row = body.insertRow();
      for (var weekday = 0; weekday < 7; weekday += 1) {
        var cell = row.insertCell();
        if (day.getMonth() === month.getMonth()) {
          var button = document.createElement("button");
          button.type = "button";
          button.textContent = String(day.getDate());
          button.dataset.value = write(day);
          button.setAttribute("aria-label", write(day));
          button.setAttribute("aria-pressed", String(chosen !== null && write(chosen) === write(day)));
          if (write(day) === today) button.setAttribute("aria-current", "date");
          cell.append(button);
        }
        day.setDate(day.getDate() + 1);
      }
    }
  }

  function show(field, button) {
    close(false);
    var panel = words.content.querySelector(".calendar").cloneNode(true);
    open = { field: field, button: button, panel: panel };
    button.setAttribute("aria-expanded", "true");
    button.parentElement.append(panel);
    var start = read(field.value) || read(words.dataset.today) || new Date();
    draw(new Date(start.getFullYear(), start.getMonth(), 1));
    var first = panel.querySelector("[aria-pressed=true]") || panel.querySelector("[aria-current]") || panel.querySelector("tbody button");
    first.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function step(months) {
    draw(new Date(open.month.getFullYear(), open.month.getMonth() + months, 1));
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-day-button]");
    if (opener) {
      if (open && open.button === opener) close(true);
      else show(opener.parentElement.querySelector("input"), opener);
      return;
    }
    if (!open) return;
    if (!open.panel.contains(event.target)) {
      if (event.target.isConnected) close(false);
      return;
    }
    var mover = event.target.closest("[data-step]");
    var chosen = event.target.closest("[data-value]");
    if (mover) step(Number(mover.dataset.step));
    if (chosen) {
      open.field.value = chosen.dataset.value;
      open.field.dispatchEvent(new Event("input", { bubbles: true }));
      open.field.dispatchEvent(new Event("change", { bubbles: true }));
      close(true);
    }
  });

  document.addEventListener("keydown", function (event) {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close(true);
      return;
    }
    var moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    if (!(event.key in moves) || !event.target.dataset.value) return;
    event.preventDefault();
    var day = read(event.target.dataset.value);
    day.setDate(day.getDate() + moves[event.key]);
    if (day.getMonth() !== open.month.getMonth()) draw(new Date(day.getFullYear(), day.getMonth(), 1));
    open.panel.querySelector("[data-value='" + write(day) + "']").focus();
  }, true);

  function equip(root) {
    root.querySelectorAll("input[data-day]:not([data-equipped])").forEach(function (field) {
      if (field.disabled || field.readOnly || field.closest(".fill")) return;
      field.dataset.equipped = "";
      var box = document.createElement("span");
      box.className = "day-box";
      field.before(box);
      box.append(field, words.content.querySelector("[data-day-button]").cloneNode(true));
    });
  }
  document.addEventListener("htmx:load", function (event) {
    if (event.target.querySelectorAll) equip(event.target);
  });
  equip(document);
})();
