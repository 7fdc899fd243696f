/* In the reuse panel: the day of access of a citation, and the device's own sheet for sharing. */
(function () {
  "use strict";
  var MONTHS = ["jan.", "fev.", "mar.", "abr.", "maio", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."];
  var day = new Date();
  document.querySelectorAll("[data-today]").forEach(function (gap) {
    gap.textContent = day.getDate() + " " + MONTHS[day.getMonth()] + " " + day.getFullYear();
  });

  document.querySelectorAll("[data-share]").forEach(function (button) {
    if (!navigator.share) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.share({ title: button.dataset.title, url: button.dataset.share })
        .catch(function () { /* closed without choosing: nothing to say */ });
    });
  });
})();
