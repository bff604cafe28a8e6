/* Drafts: says that something takes long once it was asked for, and marks the fields that the last save found wrong. */
(function () {
  "use strict";

  /* A step that is typed but not added would be lost with the page. */
  function typed(form) {
    return Array.from(form.querySelectorAll("input:not([type=hidden]), textarea")).some(function (field) {
      return field.value.trim() !== "" && field.value !== field.defaultValue;
    });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-wait]")) return;
    var adding = document.querySelector("[data-adding]");
    if (adding && typed(adding)) {
      event.preventDefault();
      adding.querySelector("[data-add-first]").hidden = false;
      adding.querySelector("button").focus();
      return;
    }
    var words = form.querySelector("[data-wait-words]");
    if (words) words.hidden = false;
    window.setTimeout(function () {
      form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    }, 0);
  });

  /* A link to a step opens it where it is; without script the page comes anew with the step open. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("#gaps a[href*='#step-']");
    var step = link && document.getElementById(link.hash.slice(1));
    if (!step) return;
    event.preventDefault();
    step.querySelector("details").open = true;
    window.location.hash = link.hash;
  });

  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll(".field > [id$='-wrong']").forEach(function (place) {
      place.parentElement.classList.toggle("field-wrong", Boolean(place.querySelector(".wrong")));
    });
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-wait] button").forEach(function (button) { button.disabled = false; });
    document.querySelectorAll("[data-wait-words]").forEach(function (words) { words.hidden = true; });
  });
})();
