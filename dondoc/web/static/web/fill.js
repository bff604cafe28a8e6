/* Completion table: `data-fill-down="product"` copies the value of its row (in the head: of the first row) to every row below
   whose field carries `data-column="product"`. Each changed field gets a change event, so that it is saved like a typed one. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fill-down]");
    if (!button) return;
    event.preventDefault();
    var table = button.closest("table");
    var fields = Array.from(table.querySelectorAll("[data-column='" + CSS.escape(button.dataset.fillDown) + "']"));
    var row = button.closest("tbody tr");
    var from = row ? fields.findIndex(function (field) { return row.contains(field); }) : 0;
    if (from < 0 || !fields.length) return;
    var source = fields[from];
    fields.slice(from + 1).forEach(function (field) {
      if (field.type === "checkbox") {
        if (field.checked === source.checked) return;
        field.checked = source.checked;
      } else {
        if (field.value === source.value) return;
        field.value = source.value;
      }
      field.classList.remove("is-default", "is-lacking");
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    source.focus();
  });
})();
