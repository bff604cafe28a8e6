/* Comfort on every page: keys, menus, focus after a swap, progress, ticked rows, the small calendar. Every page works without it. */
(function () {
  "use strict";

  function typing(target) {
    return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]") !== null;
  }

  /* Keys: / search, j and k rows, Enter opens, ? shows the keys. */
  function rows() {
    return Array.from(document.querySelectorAll("[data-list] > tr, [data-list] > li, [data-list] tbody > tr")).filter(function (row) {
      return row.offsetParent !== null && row.querySelector("a[href]");
    });
  }

  function moveRow(step) {
    var all = rows();
    if (!all.length) return;
    var now = all.findIndex(function (row) { return row.classList.contains("is-current"); });
    var next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step))];
    all.forEach(function (row) { row.classList.toggle("is-current", row === next); });
    next.querySelector("a[href]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open], details.disclose-over[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      var search = document.getElementById("search");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    } else if (event.key === "j" || event.key === "k") {
      moveRow(event.key === "j" ? 1 : -1);
    } else if (event.key === "?") {
      var keys = document.getElementById("keys");
      if (keys) keys.showModal();
    }
  });

  /* A menu closes when one presses elsewhere. */
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details.menu[open], details.disclose-over[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* Focus stays where it was after a swap; a refusal takes it. */
  var focused = null;
  document.addEventListener("htmx:beforeSwap", function () {
    var active = document.activeElement;
    focused = active && active !== document.body ? { id: active.id, name: active.getAttribute("name"), form: active.form && active.form.id } : null;
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (!focused || (document.activeElement && document.activeElement !== document.body)) return;
    var again = focused.id && document.getElementById(focused.id);
    if (!again && focused.form && focused.name) {
      var form = document.getElementById(focused.form);
      again = form && form.querySelector("[name='" + CSS.escape(focused.name) + "']");
    }
    if (again) again.focus({ preventScroll: true });
  });

  /* A wait over 300 ms shows progress, for htmx and for whole pages. */
  var waiting = 0;
  var timer = null;
  function wait() {
    waiting += 1;
    timer = timer || window.setTimeout(function () { document.body.classList.add("is-waiting"); }, 300);
  }
  function done() {
    waiting = Math.max(0, waiting - 1);
    if (waiting) return;
    window.clearTimeout(timer);
    timer = null;
    document.body.classList.remove("is-waiting");
  }
  document.addEventListener("htmx:beforeRequest", wait);
  document.addEventListener("htmx:afterRequest", done);
  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented && event.target.getAttribute("method") !== "dialog") wait();
  });
  window.addEventListener("pageshow", function () { waiting = 0; done(); });

  /* No answer: say so where messages are read aloud. The sentence stands in the page. */
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:responseError", lost);
  function lost() {
    var sentence = document.getElementById("lost-sentence");
    var messages = document.getElementById("messages");
    if (sentence && messages) messages.replaceChildren(sentence.content.cloneNode(true));
  }

  /* Ticked rows: the bulk bar appears and counts. */
  function countTicked(form) {
    var bar = form.querySelector("[data-bulk]");
    if (!bar) return;
    var ticked = form.querySelectorAll("[data-tick]:checked");
    bar.hidden = ticked.length === 0;
    var count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = String(ticked.length);
    form.querySelectorAll("[data-tick]").forEach(function (box) {
      var row = box.closest("tr, li");
      if (row) row.classList.toggle("is-chosen", box.checked);
    });
  }
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-tick-all]")) {
      form.querySelectorAll("[data-tick]").forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-tick], [data-tick-all]")) countTicked(form);
  });
  /* File fields in our own words, which stand in the page. */
  function fileFields(root) {
    var words = document.getElementById("file-words");
    if (!words) return;
    root.querySelectorAll("input[type=file]:not([data-worded])").forEach(function (field) {
      var box = words.content.firstElementChild.cloneNode(true);
      var button = box.querySelector("label");
      var name = box.querySelector("span[data-none]");
      field.id = field.id || "file-" + String(Math.random()).slice(2);
      button.htmlFor = field.id;
      field.after(box);
      box.prepend(field);
      field.dataset.worded = "";
      field.addEventListener("change", function () {
        var names = Array.from(field.files).map(function (file) { return file.name; });
        name.textContent = names.length ? names.join(", ") : name.dataset.none;
      });
    });
  }

  /* An empty field that must be filled says so in our words, not in those of the browser's own language. */
  document.addEventListener("invalid", function (event) {
    var words = document.body.dataset.required;
    if (words && event.target.validity.valueMissing) event.target.setCustomValidity(words);
  }, true);
  ["input", "change"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var field = event.target;
      var same = field.type === "radio" && field.form ? field.form.querySelectorAll("[name='" + CSS.escape(field.name) + "']") : [field];
      same.forEach(function (one) { if (one.setCustomValidity) one.setCustomValidity(""); });
    });
  });

  function start() {
    fileFields(document);
    document.querySelectorAll("[data-bulk]").forEach(function (bar) { countTicked(bar.closest("form")); });
    var problems = document.getElementById("problems");
    if (problems) problems.focus();
  }
  document.addEventListener("htmx:load", function (event) {
    var bar = event.target.querySelector && event.target.querySelector("[data-bulk]");
    if (bar) countTicked(bar.closest("form"));
    if (event.target.querySelectorAll) fileFields(event.target);
  });
  start();
})();
