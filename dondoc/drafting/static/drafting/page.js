/* The pieces of a draft save themselves when they are left (htmx); the buttons are for those without script. A text grows with its words. */
(function () {
  "use strict";

  var page = document.getElementById("drafting");
  if (!page) return;
  page.classList.add("has-script");

  function grow(field) {
    field.style.height = "auto";
    field.style.height = String(field.scrollHeight + 2) + "px";
  }

  function growAll() {
    page.querySelectorAll("textarea").forEach(grow);
  }

  page.addEventListener("input", function (event) {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
  });
  document.addEventListener("htmx:afterSettle", growAll);
  growAll();
})();
