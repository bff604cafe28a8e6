/* Review of a draft: value and place light up together, keys go from value to value, selected words become a value.
   Everything here can be done without script by links and forms. */
(function () {
  "use strict";

  var WIDE = "(min-width: 64rem)";
  var current = null;

  function all(selector) {
    return Array.from(document.querySelectorAll(selector));
  }
  function row(name) {
    return document.getElementById("value-" + name);
  }
  function textBox() {
    return document.querySelector("#review .review-text");
  }

  /* Marks by the value that they belong to: read once for each page, so that long reports stay quick. */
  var marks = new Map();
  function readMarks() {
    marks = new Map();
    all("#review mark[data-values]").forEach(function (mark) {
      mark.dataset.values.split(" ").forEach(function (name) {
        if (!marks.has(name)) marks.set(name, []);
        marks.get(name).push(mark);
      });
    });
  }

  /* Joined highlight, both ways. */
  var lit = [];
  function light(names) {
    lit.forEach(function (part) { part.classList.remove("is-joined"); });
    lit = [];
    names.forEach(function (name) {
      lit = lit.concat(marks.get(name) || [], row(name) || []);
    });
    lit.forEach(function (part) { part.classList.add("is-joined"); });
  }

  /* What the bars at the top and at the bottom leave free. */
  function free() {
    var top = document.querySelector(".topbar");
    var bottom = document.querySelector(".review-actions");
    return {
      top: top ? Math.max(0, top.getBoundingClientRect().bottom) : 0,
      bottom: bottom ? Math.min(window.innerHeight, bottom.getBoundingClientRect().top) : window.innerHeight
    };
  }
  function showPlace(names) {
    var found = names.map(function (name) { return (marks.get(name) || [])[0]; }).filter(Boolean);
    var box = textBox();
    if (!found.length || !box || getComputedStyle(box).overflowY === "visible") return;
    var seen = free();
    var frame = box.getBoundingClientRect();
    var top = Math.max(frame.top, seen.top);
    var bottom = Math.min(frame.bottom, seen.bottom);
    var first = Math.min.apply(null, found.map(function (mark) { return mark.getBoundingClientRect().top; }));
    var last = Math.max.apply(null, found.map(function (mark) { return mark.getBoundingClientRect().bottom; }));
    if (first < top || last > bottom) box.scrollTop += first - top - Math.max(24, Math.min((bottom - top) / 3, (bottom - top - last + first) / 2));
  }
  function showRow(part, atTop) {
    var seen = free();
    var where = part.getBoundingClientRect();
    if (!atTop && where.top >= seen.top && where.bottom <= seen.bottom) return;
    var room = seen.bottom - seen.top;
    var offset = atTop || where.height > room ? 16 : (room - where.height) / 2;
    window.scrollBy(0, where.top - seen.top - offset);
  }
  function choose(name, moveFocus, group) {
    current = name;
    var names = group ? valuesIn(group).map(nameOf) : [name];
    light(names);
    var value = row(name);
    if (value && moveFocus) {
      value.focus({ preventScroll: true });
      showRow(group || value, Boolean(group));
    }
    showPlace(names);
  }
  function nameOf(part) {
    return part.dataset.value;
  }
  function valuesIn(part) {
    return Array.from(part.querySelectorAll("[data-value]"));
  }

  document.addEventListener("mouseover", function (event) {
    var mark = event.target.closest("#review mark[data-values]");
    var value = event.target.closest("#review [data-value]");
    if (mark) light(mark.dataset.values.split(" "));
    else if (value) light([nameOf(value)]);
    else if (current && event.target.closest("#review")) light([current]);
  });
  document.addEventListener("focusin", function (event) {
    var value = event.target.closest("#review [data-value]");
    if (value && nameOf(value) !== current) choose(nameOf(value), false);
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
    if (place && window.matchMedia(WIDE).matches) {
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

  /* Keys: single letters only while no field has the focus; they can be turned off. Arrows, Enter and Delete act on the focused value only. */
  var KEPT = "review-keys";
  function lettersOn() {
    try { return window.localStorage.getItem(KEPT) !== "off"; } catch (error) { return true; }
  }
  function showSwitch() {
    var legend = document.getElementById("review-keys");
    var button = document.getElementById("keys-switch");
    if (!legend || !button) return;
    legend.hidden = false;
    legend.classList.toggle("is-off", !lettersOn());
    button.textContent = lettersOn() ? button.dataset.off : button.dataset.on;
  }
  document.addEventListener("click", function (event) {
    if (!event.target.closest("#keys-switch")) return;
    try { window.localStorage.setItem(KEPT, lettersOn() ? "off" : "on"); } catch (error) { return; }
    showSwitch();
  });

  function step(rows, by) {
    if (!rows.length) return;
    var at = rows.findIndex(function (one) { return nameOf(one) === current; });
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    choose(nameOf(rows[(next + rows.length) % rows.length]), true);
  }
  function stepValue(by) {
    step(all("#review [data-value]"), by);
  }
  function stepGroup(by) {
    var groups = all("#review [data-group]").filter(function (group) { return valuesIn(group).length > 0; });
    if (!groups.length) return;
    var at = groups.findIndex(function (group) { return current !== null && group.contains(row(current)); });
    var next = at < 0 ? (by > 0 ? 0 : groups.length - 1) : at + by;
    var group = groups[(next + groups.length) % groups.length];
    choose(nameOf(valuesIn(group)[0]), true, group);
  }
  /* The next point is the next one of the page after the present value; those of no value are links in the list at the top. */
  function stepProblem() {
    var values = all("#review [data-value]");
    var at = values.findIndex(function (one) { return nameOf(one) === current; });
    var open = function (one) { return one.hasAttribute("data-problem"); };
    var next = values.slice(at + 1).find(open) || values.find(open);
    var first = document.querySelector(".review-problems a");
    if (next) choose(nameOf(next), true);
    else if (first) first.focus();
    else if (document.getElementById("confirm")) document.getElementById("confirm").focus();
  }
  function button(what) {
    var value = current && row(current);
    return value ? value.querySelector("[data-act='" + what + "']") : null;
  }
  function press(what) {
    var found = button(what);
    if (found) found.click();
  }
  function answer(number) {
    var value = current && row(current);
    var found = value && value.querySelector("[data-choice='" + number + "']");
    if (found) found.click();
  }
  function accept() {
    var value = row(current);
    if (button("accept")) {
      var values = all("#review [data-value]");
      var next = values[values.indexOf(value) + 1];
      press("accept");
      if (next) current = nameOf(next);
    } else if (value.hasAttribute("data-problem")) {
      press("edit");
    } else {
      stepValue(1);
    }
  }
  function stepBack() {
    var found = document.getElementById("step-back");
    if (!found) return;
    current = found.dataset.valueBack;
    found.click();
  }
  function confirm() {
    var found = document.getElementById("confirm");
    if (found && !found.disabled) found.focus();
    else stepProblem();
  }
  function startAdding() {
    var words = document.getElementById("add-words");
    var box = textBox();
    if (!words) return;
    if (box && window.matchMedia(WIDE).matches) box.focus();
    else words.focus();
  }
  var letters = {
    j: function () { stepValue(1); },
    k: function () { stepValue(-1); },
    t: stepProblem,
    s: function () { press("edit"); },
    b: function () { press("drop"); },
    h: stepBack,
    m: startAdding,
    c: confirm
  };
  var onValue = {
    ArrowDown: function () { stepValue(1); },
    ArrowUp: function () { stepValue(-1); },
    Enter: accept,
    Delete: function () { press("drop"); }
  };
  /* The letter of a key, also where a Vietnamese input method stands between: then only the place of the key is told. */
  function letterOf(event) {
    if (event.key.length === 1) return event.key.toLowerCase();
    var place = /^(?:Key|Digit)(.)$/.exec(event.code || "");
    return place && (event.key === "Process" || event.key === "Unidentified") ? place[1].toLowerCase() : "";
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    var target = event.target;
    if (event.key === "Escape" && target.closest("[data-form]")) {
      target.closest("[data-form]").querySelector("[data-act='cancel']").click();
      return;
    }
    if (!document.getElementById("review") || target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]")) return;
    var inText = target === textBox();
    var act = null;
    if (inText && wordKeys[event.key]) {
      act = function () { wordKeys[event.key](event.shiftKey); };
    } else if (target.id === "confirm" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      act = onValue[event.key];
    } else if (target.matches("[data-value]") && onValue[event.key]) {
      act = onValue[event.key];
    } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && (target === document.body || target.closest("[data-value]") === target)) {
      act = function () { stepGroup(event.key === "ArrowRight" ? 1 : -1); };
    } else if (lettersOn()) {
      var letter = letterOf(event);
      if (/^[1-9]$/.test(letter)) act = function () { answer(letter); };
      else act = Object.prototype.hasOwnProperty.call(letters, letter) ? letters[letter] : null;
    }
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* An answer changes only what is different on the page: a report of hundreds of values stays quick, nothing jumps, and the person is where
     they were: at the same value, at the same scroll, or in the form that opened. */
  function patch(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    var alike = old.nodeType === 1 && fresh.nodeType === 1 && old.tagName === fresh.tagName && old.id === fresh.id;
    if (!alike || old.childNodes.length !== fresh.childNodes.length || !sameCalls(old, fresh) || old.matches("input:not([type=hidden]), textarea, select")) {
      old.replaceWith(fresh);
      if (fresh.nodeType !== 1) return;
      window.htmx.process(fresh);
      window.htmx.trigger(fresh, "htmx:load");
      return;
    }
    Array.from(old.attributes).forEach(function (one) {
      if (!fresh.hasAttribute(one.name) && one.name !== "open") old.removeAttribute(one.name);
    });
    Array.from(fresh.attributes).forEach(function (one) {
      if (old.getAttribute(one.name) !== one.value) old.setAttribute(one.name, one.value);
    });
    var pairs = Array.from(old.childNodes).map(function (child, at) { return [child, fresh.childNodes[at]]; });
    pairs.forEach(function (pair) { patch(pair[0], pair[1]); });
  }
  function sameCalls(old, fresh) {
    return ["hx-post", "hx-get"].every(function (name) { return old.getAttribute(name) === fresh.getAttribute(name); });
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var old = document.getElementById("review");
    if (event.detail.target !== old || !event.detail.shouldSwap) return;
    var answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    var fresh = answer.getElementById("review");
    if (!fresh) return;
    event.detail.shouldSwap = false;
    light([]);
    patch(old, document.adoptNode(fresh));
    var told = answer.getElementById("messages");
    var messages = document.getElementById("messages");
    if (told && messages) messages.replaceChildren.apply(messages, Array.from(told.childNodes));
    settled();
  });
  function settled() {
    start();
    var form = document.querySelector("#review [data-form]");
    var problems = document.querySelector("#review #problems");
    if (form) {
      light(current ? [current] : []);
      var first = problems || form.querySelector("input:checked") || form.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
      if (first && first.matches("input[type=text]")) first.select();
    } else if (current && row(current)) {
      choose(current, true);
    }
  }

  /* Words selected in the text may become a value: with the mouse, with a finger, or word by word with the arrows. */
  var pick = document.getElementById("pick");
  function offset(node, at) {
    var part = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
    return part ? Number(part.dataset.at) + (node.nodeType === 3 ? at : 0) : null;
  }
  function inBox(node) {
    return node && (node.nodeType === 3 ? node.parentElement : node).closest(".review-text");
  }
  function selectWord(by, more) {
    var chosen = window.getSelection();
    var box = textBox();
    if (!inBox(chosen.anchorNode)) {
      var place = (marks.get(current) || [])[0];
      chosen.collapse(place || box.querySelector("p"), 0);
    }
    var way = by > 0 ? "forward" : "backward";
    if (!more && !chosen.isCollapsed) {
      if (by > 0) chosen.collapseToEnd();
      else chosen.collapseToStart();
    }
    var before = [chosen.anchorNode, chosen.anchorOffset];
    chosen.modify("extend", way, "word");
    if (!inBox(chosen.focusNode)) chosen.collapse(before[0], before[1]);
    if (chosen.rangeCount) {
      var where = chosen.getRangeAt(0).getBoundingClientRect();
      var seen = free();
      var frame = box.getBoundingClientRect();
      if (where.height && where.bottom > Math.min(frame.bottom, seen.bottom) - 24) box.scrollTop += 96;
      else if (where.height && where.top < Math.max(frame.top, seen.top) + 24) box.scrollTop -= 96;
    }
  }
  var wordKeys = {
    ArrowRight: function (more) { selectWord(1, more); },
    ArrowLeft: function (more) { selectWord(-1, more); },
    Enter: function () {
      if (!pick) return;
      /* The browser tells of a change of the selection later than it makes it: what is selected now counts. */
      offer();
      if (!pick.hidden) pick.querySelector("button").focus();
    },
    Escape: function () { window.getSelection().removeAllRanges(); }
  };
  var picking = false;
  function offer() {
    var chosen = window.getSelection();
    var words = chosen.rangeCount && !chosen.isCollapsed && inBox(chosen.anchorNode) && inBox(chosen.focusNode) ? String(chosen).trim() : "";
    pick.hidden = words.length < 1;
    if (pick.hidden) return;
    var range = chosen.getRangeAt(0);
    var where = range.getBoundingClientRect();
    pick.style.setProperty("--x", Math.max(8, Math.min(where.left, window.innerWidth - pick.offsetWidth - 8)) + "px");
    pick.style.setProperty("--y", Math.min(where.bottom + 8, free().bottom - pick.offsetHeight - 8) + "px");
    pick.dataset.words = words;
    pick.dataset.near = String(offset(range.startContainer, range.startOffset) || 0);
  }
  document.addEventListener("selectionchange", function () {
    if (pick && !picking) offer();
  });
  if (pick) {
    /* A finger on the bar would first undo the selection, and with it the bar. */
    pick.addEventListener("pointerdown", function () { picking = true; });
    pick.addEventListener("mousedown", function (event) { event.preventDefault(); });
    pick.addEventListener("focusin", function () { picking = true; });
    pick.addEventListener("focusout", function () { picking = false; });
    pick.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      pick.hidden = true;
      textBox().focus();
    });
    pick.addEventListener("click", function (event) {
      var kind = event.target.closest("[data-pick]");
      var form = document.getElementById("add-form");
      picking = false;
      if (!kind || !form) return;
      form.querySelector("#add-words").value = pick.dataset.words;
      form.querySelector("#add-near").value = pick.dataset.near;
      window.getSelection().removeAllRanges();
      pick.hidden = true;
      form.querySelector("[name='add'][value='" + kind.dataset.pick + "']").click();
    });
    document.addEventListener("pointercancel", function () { picking = false; });
  }

  /* Marks are links for those without script; with it a long press on one must select words, not ask what to do with a link. */
  function start() {
    readMarks();
    showSwitch();
    var byFinger = window.matchMedia("(pointer: coarse)").matches;
    all("#review .review-text mark a").forEach(function (link) {
      link.draggable = false;
      if (byFinger) link.removeAttribute("href");
    });
  }
  start();

  var asked = /^#value-(\d+)$/.exec(window.location.hash);
  if (asked) choose(asked[1], true);
})();
