/* A draft of a regulation: of the fields of a cadence only those are in sight that belong to how often it comes back. */
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-turn]")) return;
    event.target.closest("form").querySelectorAll("[data-turns]").forEach(function (field) {
      field.hidden = field.dataset.turns.split(" ").indexOf(event.target.value) < 0;
    });
  });

  /* A link to a part opens it where it is; without script the page comes anew with the part open. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("#gaps a[href*='#part-']");
    var part = link && document.getElementById(link.hash.slice(1));
    if (part) part.querySelector("details").open = true;
  });

  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll(".field > [id$='-wrong']").forEach(function (place) {
      place.parentElement.classList.toggle("field-wrong", Boolean(place.querySelector(".wrong")));
    });
  });
})();
