/* The form of a report saves itself: htmx sends it, and each sending needs a key of its own. Without script there is the button. */
(function () {
  "use strict";

  var form = document.getElementById("report-form");
  if (!form) return;
  form.classList.add("has-script");

  function fresh() {
    return crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random().toString(16).slice(2);
  }

  form.addEventListener("htmx:configRequest", function (event) {
    event.detail.parameters.set ? event.detail.parameters.set("key", fresh()) : (event.detail.parameters.key = fresh());
  });

  /* A field is wrong as long as something beside it says so. */
  document.addEventListener("htmx:afterSettle", function () {
    form.querySelectorAll("[aria-describedby]").forEach(function (field) {
      var notes = document.getElementById("notes-" + field.id);
      if (notes && notes.querySelector(".wrong")) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  });

  /* Enter goes to the next number instead of sending the report. */
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches(".input-number")) return;
    event.preventDefault();
    var all = Array.from(form.querySelectorAll(".input-number, textarea")).filter(function (field) { return field.offsetParent !== null; });
    var next = all[all.indexOf(event.target) + 1];
    if (next) next.focus();
  });
})();
