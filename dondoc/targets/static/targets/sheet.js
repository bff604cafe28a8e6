/* The sheet that is shared out: the balance of each column while one types, and Enter to the next row. The server checks all of it
   again; without script the balance is told after sending. */
(function () {
  "use strict";

  function count(field) {
    var text = field.value.trim().replace(/[.\s\u00a0]/g, "");
    return /^\d{1,8}$/.test(text) ? Number(text) : null;
  }

  function shown(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  }

  function weigh(form) {
    form.querySelectorAll("[data-balance-of]").forEach(function (line) {
      var column = line.dataset.balanceOf;
      var fields = Array.from(form.querySelectorAll("tbody [data-column]"));
      if (column) fields = fields.filter(function (field) { return field.dataset.column === column; });
      var headline = column ? form.querySelector(".allot-total [data-column='" + CSS.escape(column) + "']") : null;
      var total = headline ? count(headline) : form.dataset.total ? Number(form.dataset.total) : null;
      var sum = fields.reduce(function (all, field) { return all + (count(field) || 0); }, 0);
      var difference = line.querySelector("[data-difference]");
      line.querySelector("[data-sum]").textContent = shown(sum) + (total === null ? "" : " / " + shown(total));
      difference.className = total === null ? "" : sum === total ? "is-even" : "is-off";
      difference.textContent = total === null ? "" : sum === total ? form.dataset.even
        : sum > total ? form.dataset.more + " " + shown(sum - total) : form.dataset.less + " " + shown(total - sum);
    });
  }

  document.querySelectorAll("[data-sheet]").forEach(function (form) {
    form.addEventListener("input", function (event) {
      if (event.target.classList.contains("is-default")) {
        event.target.classList.remove("is-default");
        var mark = event.target.nextElementSibling;
        if (mark && mark.classList.contains("default-mark")) mark.remove();
      }
      weigh(form);
    });
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || !event.target.closest("table.allot") || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      var cell = event.target.closest("td");
      var row = event.shiftKey ? cell.parentElement.previousElementSibling : cell.parentElement.nextElementSibling;
      var next = row && row.children[cell.cellIndex].querySelector("input");
      if (next) {
        next.focus();
        next.select();
      }
    });
    weigh(form);
  });
})();
