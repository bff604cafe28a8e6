/* Minutes outlive a lost connection: what is typed stays in this browser until the server has it, and is sent again by itself.
   Without script the form is saved with its button. */
(function () {
  "use strict";
  var form = document.getElementById("minutes-form");
  if (!form || !window.fetch) return;
  var told = document.getElementById("minutes-told");
  var place = "dondoc-minutes-" + form.dataset.meeting;
  var fields = Array.from(form.querySelectorAll("textarea"));
  var timer = null, sending = false, stopped = false, pending = null, byHand = false;

  function was(field) { return form.elements["was-" + field.name]; }
  function changed() { return fields.filter(function (field) { return field.value !== was(field).value; }); }
  function say(text) { if (told.textContent !== text) told.textContent = text; }
  function keep() {
    var left = {};
    changed().forEach(function (field) { left[field.name] = { value: field.value, was: was(field).value, seen: form.elements.seen.value }; });
    try {
      if (Object.keys(left).length) window.localStorage.setItem(place, JSON.stringify(left));
      else window.localStorage.removeItem(place);
    } catch (error) { return; }
  }
  function restore() {
    var left = {};
    try { left = JSON.parse(window.localStorage.getItem(place) || "{}"); } catch (error) { left = {}; }
    fields.forEach(function (field) {
      var one = left[field.name];
      if (!one || one.value === field.value) return;
      // What the server has now is not what was there when this was typed: it is told so, and keeps both.
      if (one.was !== was(field).value) form.elements.seen.value = String(Math.min(Number(form.elements.seen.value), Number(one.seen)));
      field.value = one.value;
    });
  }
  function key() { return "minutes-" + Date.now().toString(36) + Math.random().toString(36).slice(2, 12); }
  function later(after) { window.clearTimeout(timer); timer = window.setTimeout(send, after); }
  function packed() {
    var sent = changed(), body = new FormData();
    if (!sent.length) return null;
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("seen", form.elements.seen.value);
    body.append("key", key());
    sent.forEach(function (field) { body.append(field.name, field.value); body.append("was-" + field.name, was(field).value); });
    return { body: body, fields: sent, values: sent.map(function (field) { return field.value; }) };
  }
  function send() {
    if (sending || stopped) return;
    // The server may have it although its answer was lost: the same is sent again with the same key, and what was typed since goes after it.
    pending = pending || packed();
    if (!pending) return;
    sending = true;
    say(form.dataset.saving);
    window.fetch(form.action, { method: "POST", body: pending.body, headers: { "X-Script": "minutes" }, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.ok && (answer.headers.get("Content-Type") || "").indexOf("json") > 0) return answer.json();
        if (answer.status >= 500) throw new Error("unanswered");
        pending = null;
        throw new Error(answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 ? "signedOut" : "refused");
      })
      .then(function (answer) {
        sending = false;
        pending.fields.forEach(function (field, n) { was(field).value = pending.values[n]; });
        pending = null;
        byHand = false;
        form.elements.seen.value = String(answer.version);
        keep();
        if (answer.late.length) { stopped = true; say(form.dataset.late); return; }
        say(form.dataset.saved);
        if (changed().length) later(500);
      })
      .catch(function (error) {
        sending = false;
        // What was answered with a no stays a no: the button then leads to the page that says why.
        byHand = error.message === "signedOut" || error.message === "refused";
        say(byHand ? form.dataset[error.message] : form.dataset.waiting);
        if (error.message !== "refused") later(8000);
      });
  }
  form.addEventListener("input", function () { keep(); later(1200); });
  form.addEventListener("change", function () { keep(); later(0); });
  window.addEventListener("online", function () { later(0); });
  window.addEventListener("offline", function () { if (changed().length) say(form.dataset.waiting); });
  // A button pressed without a connection must not lead to the browser's own page and away from what was typed.
  form.addEventListener("submit", function (event) {
    if (stopped || byHand) return;
    event.preventDefault();
    keep();
    if (changed().length) later(0);
    else say(form.dataset.saved);
  });
  restore();
  keep();
  if (changed().length) later(0);
})();
