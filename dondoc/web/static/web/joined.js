/* Review page: a value and its place in the text light up together (`data-joined` holds the same name on both). */
(function () {
  "use strict";

  function light(name) {
    document.querySelectorAll("[data-joined]").forEach(function (part) {
      part.classList.toggle("is-joined", name !== null && part.dataset.joined === name);
    });
  }

  function nameOf(event) {
    var part = event.target.closest && event.target.closest("[data-joined]");
    return part ? part.dataset.joined : null;
  }

  document.addEventListener("mouseover", function (event) {
    var name = nameOf(event);
    if (name) light(name);
  });
  document.addEventListener("focusin", function (event) {
    var part = event.target.closest("[data-joined]");
    if (!part) return;
    light(part.dataset.joined);
    show(part);
  });
  document.addEventListener("click", function (event) {
    var part = event.target.closest("[data-joined]");
    if (part) show(part);
  });

  /* Brings the other side into sight without moving the side that was pressed. */
  function show(part) {
    document.querySelectorAll("[data-joined='" + CSS.escape(part.dataset.joined) + "']").forEach(function (other) {
      var box = other.closest(".review-text");
      if (other === part || !box || box.contains(part) || getComputedStyle(box).overflowY === "visible") return;
      var where = other.getBoundingClientRect();
      var frame = box.getBoundingClientRect();
      if (where.top < frame.top || where.bottom > frame.bottom) box.scrollTop += where.top - frame.top - frame.height / 3;
    });
  }
})();
