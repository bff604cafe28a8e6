/* The pieces of a draft save themselves when they are left (htmx); the buttons are for those without script. A text grows with its words. */
(function () {
  "use strict";

  var page = document.getElementById("drafting");
  if (!page) return;
  page.classList.add("has-script");

  /* By rows and not by a style: htmx would carry a style over to the new field, which the page's policy forbids. */
  function grow(field) {
    while (field.scrollHeight > field.clientHeight + 2 && field.rows < 40) field.rows += 1;
  }

  function growAll() {
    page.querySelectorAll("textarea").forEach(grow);
  }

  page.addEventListener("input", function (event) {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
  });
  document.addEventListener("htmx:afterSettle", growAll);
  window.addEventListener("resize", growAll);
  growAll();
})();
