/* Completion table: every field saves itself when it is left; Enter goes down, Ctrl+D fills down within the directive, Ctrl+Shift+D
   fills the whole column. The server answers with the table anew, from which only what has changed is taken, so that focus and
   what is being typed stay. Without script each row has its own button. */
(function () {
  "use strict";

  var sheet = document.getElementById("sheet");
  if (!sheet) return;
  sheet.classList.add("has-script");
  var words = {};
  document.getElementById("prepare-words").content.querySelectorAll("[data-word]").forEach(function (word) {
    words[word.dataset.word] = word.textContent;
  });
  var queue = Promise.resolve();
  var waiting = 0;

  function fields(column) {
    return Array.from(sheet.querySelectorAll("[data-column='" + column + "']"));
  }

  function said(field, text) {
    var place = field.closest("tr").querySelector(".saved");
    if (place) place.textContent = text;
  }

  function hidden(row, name) {
    return document.getElementById("form-" + row).elements[name];
  }

  /* In which version of the row a person saw each field. It is the field's own: a field that is being typed in while somebody else changes
     it is not shown the new value, so it has not been seen. */
  sheet.querySelectorAll("[data-column]").forEach(function (field) {
    field.dataset.seen = hidden(field.closest("tr").dataset.row, "seen").value;
  });

  /* One request after the other: each needs the versions that the one before has made. */
  function send(url, make, rows) {
    waiting += 1;
    rows.forEach(function (field) { field.dataset.sending = String(Number(field.dataset.sending || 0) + 1); said(field, words.saving); });
    queue = queue.then(function () {
      return fetch(url, { method: "POST", body: make(), headers: { "HX-Request": "true" }, credentials: "same-origin" });
    }).then(function (answer) {
      return answer.text().then(function (text) { return { ok: answer.ok, text: text, redirected: answer.redirected }; });
    }).catch(function () { return { ok: false, text: "" }; }).then(function (answer) {
      waiting -= 1;
      var good = answer.ok && !answer.redirected;
      rows.forEach(function (field) {
        if (field.dataset.sending === "1") delete field.dataset.sending;
        else field.dataset.sending = String(Number(field.dataset.sending) - 1);
        if (!good) field.dataset.unsaved = "1";
        said(field, good ? words.saved : words.failed);
      });
      if (good) take(answer.text, rows);
      else refuse(answer);
    });
  }

  function refuse(answer) {
    var messages = document.getElementById("messages");
    if (answer.text && !answer.redirected) {
      var part = document.createElement("template");
      part.innerHTML = answer.text;
      messages.replaceChildren(part.content);
    } else if (document.getElementById("lost-sentence")) {
      messages.replaceChildren(document.getElementById("lost-sentence").content.cloneNode(true));
    }
    messages.scrollIntoView({ block: "nearest" });
  }

  /* What the server says of every row: versions always, values where nobody is typing and nothing waits to be sent. */
  function take(text, sent) {
    var part = document.createElement("template");
    part.innerHTML = text;
    var fresh = part.content;
    ["gaps", "next-acts"].forEach(function (id) {
      var from = fresh.getElementById(id), to = document.getElementById(id);
      if (from && to && !to.contains(document.activeElement)) to.replaceChildren.apply(to, Array.from(from.childNodes));
    });
    fresh.querySelectorAll("tr[data-row]").forEach(function (row) {
      var present = document.getElementById(row.id);
      if (!present) return;
      var before = Number(hidden(present.dataset.row, "seen").value), cells = Array.from(row.querySelectorAll("[data-cell]"));
      // Our own save makes one version; where there are more, somebody else has changed something as well.
      var own = cells.filter(function (cell) { return isSent(cell, present, sent) && !cameLate(cell, present); }).length;
      ["seen", "key"].forEach(function (name) {
        var from = row.querySelector("th input[name='" + name + "']"), to = present.querySelector("th input[name='" + name + "']");
        if (from && to) to.value = from.value;
      });
      var tick = present.querySelector(".tick"), freshTick = row.querySelector(".tick");
      if (tick && freshTick) {
        var all = document.querySelector("#all-rows input[value='" + tick.value + "']");
        if (all) all.value = freshTick.value;
        tick.value = freshTick.value;
      }
      var now = hidden(present.dataset.row, "seen").value, alone = Number(now) <= before + own;
      cells.forEach(function (cell) {
        var field = fieldOf(cell, present);
        if (!field) return;
        var known = alone && Number(field.dataset.seen) === before;
        if (known || (isSent(cell, present, sent) && !cameLate(cell, present))) field.dataset.seen = now;
        takeCell(cell, present, now);
      });
    });
  }

  function cellOf(cell, present) {
    return present.querySelector("[data-cell='" + cell.dataset.cell + "']");
  }

  function fieldOf(cell, present) {
    var old = cellOf(cell, present);
    return old && old.querySelector("[data-column]");
  }

  function isSent(cell, present, sent) {
    return sent.indexOf(fieldOf(cell, present)) >= 0;
  }

  function cameLate(cell, present) {
    return cell.querySelectorAll(".late").length > cellOf(cell, present).querySelectorAll(".late").length;
  }

  function takeCell(cell, present, now) {
    var old = cellOf(cell, present), field = fieldOf(cell, present), fresh = cell.querySelector("[data-column]");
    if (!field || !fresh) return;
    var was = hidden(present.dataset.row, "was-" + field.name);
    var busy = field.dataset.sending || field.dataset.unsaved || (field === document.activeElement && field.value !== was.value);
    if (busy) return;
    field.dataset.seen = now;
    was.value = fresh.value;
    field.className = fresh.className;
    if (field.value !== fresh.value) field.value = fresh.value;
    old.querySelectorAll(".cell-note, .late").forEach(function (extra) { extra.remove(); });
    cell.querySelectorAll(".cell-note, .late").forEach(function (extra) { old.appendChild(extra); });
    if (fresh.hasAttribute("aria-describedby")) field.setAttribute("aria-describedby", fresh.getAttribute("aria-describedby"));
    else field.removeAttribute("aria-describedby");
  }

  function fresh(data) {
    data.set("csrfmiddlewaretoken", document.querySelector("#chosen input[name='csrfmiddlewaretoken']").value);
    data.set("key", crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random().toString(16).slice(2));
    return data;
  }

  /* What is being sent counts as seen at once, so that leaving the field does not send it again; a failed save takes that back. */
  function seen(field) {
    var was = hidden(field.closest("tr").dataset.row, "was-" + field.name), before = was.value;
    was.value = field.value;
    return before;
  }

  function save(field) {
    var row = field.closest("tr").dataset.row;
    if (field.value === hidden(row, "was-" + field.name).value && !field.dataset.unsaved) return;
    delete field.dataset.unsaved;
    var before = seen(field), value = field.value;
    send(document.getElementById("form-" + row).action, function () {
      var data = fresh(new FormData());
      data.set("seen", field.dataset.seen);
      data.set(field.name, value);
      data.set("was-" + field.name, before === value ? "\u0000" : before);
      return data;
    }, [field]);
  }

  sheet.addEventListener("change", function (event) {
    if (event.target.matches("[data-column]")) save(event.target);
    if (event.target.matches(".tick-all")) {
      sheet.querySelectorAll(".tick").forEach(function (tick) { tick.checked = event.target.checked; });
    }
  });

  /* The whole name of what is chosen, which may be cut: whoever chose it, a person, a fill or the server. */
  sheet.addEventListener("pointerover", function (event) {
    if (event.target.matches("select[data-column]")) event.target.title = event.target.selectedOptions[0].text;
  });

  /* The same value for these fields, in one request; "undo" gives each its own value back. */
  function fill(source, targets) {
    var value = source.value;
    targets = targets.filter(function (field) { return field.value !== value; });
    if (!targets.length) {
      save(source);
      return;
    }
    var before = targets.map(function (field) { return [field, field.value]; });
    if (value !== hidden(source.closest("tr").dataset.row, "was-" + source.name).value) targets.push(source);
    targets.forEach(function (field) {
      field.value = value;
      field.classList.remove("is-default", "is-lacking");
      delete field.dataset.unsaved;
      seen(field);
    });
    send(sheet.dataset.fillUrl, function () {
      var data = fresh(new FormData());
      data.set("seen", "0");
      data.set("field", source.name);
      data.set(source.name, value);
      targets.forEach(function (field) {
        var row = field.closest("tr").dataset.row;
        data.append("chosen", row + ":" + field.dataset.seen);
      });
      return data;
    }, targets);
    offerUndo(before);
  }

  function offerUndo(before) {
    var message = document.createElement("div"), text = document.createElement("div"), undo = document.createElement("button");
    message.className = "message message-success";
    text.textContent = words.filled;
    undo.type = "button";
    undo.className = "button button-small prepare-undo";
    undo.textContent = words.undo;
    undo.addEventListener("click", function () {
      before.forEach(function (pair) {
        if (pair[0].value !== pair[1]) {
          pair[0].value = pair[1];
          save(pair[0]);
        }
      });
      message.remove();
    });
    text.appendChild(undo);
    message.appendChild(text);
    document.getElementById("messages").replaceChildren(message);
  }

  sheet.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fill-all]");
    if (!button) return;
    var all = fields(button.dataset.fillAll);
    if (all.length) fill(all[0], all.slice(1));
  });

  sheet.addEventListener("keydown", function (event) {
    var field = event.target.closest("[data-column]");
    if (!field) return;
    var down = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d";
    if (!down && (event.key !== "Enter" || event.ctrlKey || event.altKey || event.isComposing)) return;
    event.preventDefault();
    var column = fields(field.name), at = column.indexOf(field);
    if (down) {
      var group = field.closest("[data-group]");
      fill(field, event.shiftKey ? column.filter(function (one) { return one !== field; })
        : column.slice(at + 1).filter(function (one) { return group.contains(one); }));
      return;
    }
    var next = column[at + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      if (next.select) next.select();
    } else {
      field.blur();
      field.focus();
    }
  });

  window.addEventListener("beforeunload", function (event) {
    if (waiting) event.preventDefault();
  });
})();
