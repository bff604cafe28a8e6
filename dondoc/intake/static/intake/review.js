/* Review of a draft: value and place light up together, keys go from value to value, selected words become a value.
   Everything here can be done without script by links and forms. */
(function () {
  "use strict";

  var current = null;

  function all(selector) {
    return Array.from(document.querySelectorAll(selector));
  }
  function row(name) {
    return document.getElementById("value-" + name);
  }
  function marksOf(name) {
    return all("#review mark[data-values]").filter(function (mark) {
      return mark.dataset.values.split(" ").indexOf(name) >= 0;
    });
  }

  /* Joined highlight, both ways. */
  function light(names) {
    all("#review .is-joined").forEach(function (part) { part.classList.remove("is-joined"); });
    names.forEach(function (name) {
      marksOf(name).forEach(function (mark) { mark.classList.add("is-joined"); });
      if (row(name)) row(name).classList.add("is-joined");
    });
  }
  function showPlace(name) {
    var mark = marksOf(name)[0];
    var box = mark && mark.closest(".review-text");
    if (!box || getComputedStyle(box).overflowY === "visible") return;
    var where = mark.getBoundingClientRect();
    var frame = box.getBoundingClientRect();
    if (where.top < frame.top || where.bottom > frame.bottom) box.scrollTop += where.top - frame.top - frame.height / 3;
  }
  function choose(name, moveFocus) {
    current = name;
    light([name]);
    showPlace(name);
    var value = row(name);
    if (!value || !moveFocus) return;
    value.focus({ preventScroll: true });
    var where = value.getBoundingClientRect();
    if (where.top < 96 || where.bottom > window.innerHeight - 96) value.scrollIntoView({ block: "center" });
    var place = value.querySelector(".value-excerpt");
    if (place && place.offsetParent !== null) place.open = true;
  }

  function nameAt(target) {
    var value = target.closest("[data-value]");
    return value ? [value.dataset.value] : null;
  }
  document.addEventListener("mouseover", function (event) {
    var mark = event.target.closest("#review mark[data-values]");
    var names = mark ? mark.dataset.values.split(" ") : nameAt(event.target);
    if (names) light(names);
    else if (current && event.target.closest("#review")) light([current]);
  });
  document.addEventListener("focusin", function (event) {
    var names = nameAt(event.target);
    if (names && names[0] !== current) choose(names[0], false);
  });
  document.addEventListener("click", function (event) {
    var mark = event.target.closest("#review .review-text mark[data-values]");
    if (mark) {
      event.preventDefault();
      if (String(window.getSelection())) return;
      /* Where several values share the words, each press goes to the next one. */
      var names = mark.dataset.values.split(" ");
      choose(names[(names.indexOf(current) + 1) % names.length], true);
      return;
    }
    var place = event.target.closest("[data-place]");
    if (place && window.matchMedia("(min-width: 64rem)").matches) {
      event.preventDefault();
      choose(place.dataset.place, false);
      return;
    }
    var problem = event.target.closest(".review-problems a[href^='#value-']");
    if (problem) {
      event.preventDefault();
      choose(problem.getAttribute("href").slice(7), true);
    }
  });

  /* Keys. */
  function step(rows, by) {
    if (!rows.length) return;
    var at = rows.findIndex(function (one) { return one.dataset.value === current; });
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    choose(rows[(next + rows.length) % rows.length].dataset.value, true);
  }
  function press(what) {
    var value = current && row(current);
    var button = value && value.querySelector("[data-act='" + what + "']");
    if (button) button.click();
  }
  var keys = {
    j: function () { step(all("#review [data-value]"), 1); },
    k: function () { step(all("#review [data-value]"), -1); },
    p: function () { step(all("#review [data-problem]"), 1); },
    a: function () { press("accept"); },
    x: function () { press("drop"); },
    u: function () { press("undo"); },
    c: function () {
      var confirm = document.getElementById("confirm");
      if (confirm && !confirm.disabled) confirm.focus();
      else step(all("#review [data-problem]"), 1);
    }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    var typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if (event.key === "Escape" && event.target.closest("[data-form]")) {
      event.target.closest("[data-form]").querySelector("[data-act='cancel']").click();
    } else if (typing) {
      return;
    } else if (event.key === "Enter" && event.target.matches("[data-value]")) {
      event.preventDefault();
      press("edit");
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  /* After a swap the person is where they were: the same value, the same scroll, or in the form that opened. Only once htmx has settled:
     until then it puts back the classes of elements that it knew. */
  var scroll = 0;
  document.addEventListener("htmx:beforeSwap", function () {
    var box = document.querySelector(".review-text");
    scroll = box ? box.scrollTop : 0;
  });
  document.addEventListener("htmx:afterSettle", function () {
    var box = document.querySelector(".review-text");
    if (box) box.scrollTop = scroll;
    var form = document.querySelector("#review [data-form]");
    var problems = document.querySelector("#review #problems");
    if (form) {
      light(current ? [current] : []);
      var first = problems || form.querySelector("input:checked") || form.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    } else if (current && row(current)) {
      choose(current, true);
    }
  });

  /* Words selected in the text may become a value. */
  var pick = document.getElementById("pick");
  function offset(node, at) {
    var part = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
    return part ? Number(part.dataset.at) + (node.nodeType === 3 ? at : 0) : null;
  }
  document.addEventListener("selectionchange", function () {
    if (!pick) return;
    var chosen = window.getSelection();
    var box = chosen.rangeCount && chosen.anchorNode && (chosen.anchorNode.nodeType === 3 ? chosen.anchorNode.parentElement : chosen.anchorNode).closest(".review-text");
    var words = box && !chosen.isCollapsed ? String(chosen).trim() : "";
    pick.hidden = words.length < 2;
    if (pick.hidden) return;
    var where = chosen.getRangeAt(0).getBoundingClientRect();
    pick.style.setProperty("--x", Math.max(8, Math.min(where.left, window.innerWidth - pick.offsetWidth - 8)) + "px");
    pick.style.setProperty("--y", Math.min(where.bottom + 8, window.innerHeight - pick.offsetHeight - 72) + "px");
    pick.dataset.words = words;
    var range = chosen.getRangeAt(0);
    pick.dataset.near = String(offset(range.startContainer, range.startOffset) || 0);
  });
  if (pick) {
    pick.addEventListener("mousedown", function (event) { event.preventDefault(); });
    pick.addEventListener("click", function (event) {
      var kind = event.target.closest("[data-pick]");
      var form = document.getElementById("add-form");
      if (!kind || !form) return;
      form.querySelector("#add-words").value = pick.dataset.words;
      form.querySelector("#add-near").value = pick.dataset.near;
      form.querySelector("[name='add'][value='" + kind.dataset.pick + "']").click();
      pick.hidden = true;
      window.getSelection().removeAllRanges();
    });
  }

  var asked = /^#value-(\d+)$/.exec(window.location.hash);
  if (asked) choose(asked[1], true);
})();
