/* The curators' desk: ways from advice to its field, and what was used last time at one click. */
(function () {
  "use strict";
  var CAN_TAKE_FOCUS = "input:not([type=hidden]):not([hidden]), select, textarea, [contenteditable=true], button, a[href]";

  function visible(element) { return element.getClientRects().length > 0; }

  function placeOf(field) {
    return document.getElementById("id_" + field + "-FORMS") && document.getElementById("id_" + field + "-ADD") ||
      document.querySelector("[data-contentpath='" + field + "']");
  }

  function open(place) {
    for (var panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      var toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  }

  /* The block of a body in which the words stand, if they can be found. */
  function blockWith(place, words) {
    var wanted = words.replace(/…/g, "").trim().slice(0, 60);
    if (!wanted) return null;
    var found = [].slice.call(place.querySelectorAll("[contenteditable=true], input[type=text], textarea")).filter(function (element) {
      return (element.value || element.textContent || "").replace(/\s+/g, " ").indexOf(wanted) >= 0;
    });
    return found[0] || null;
  }

  function goTo(field, words) {
    var place = placeOf(field);
    if (!place) return false;
    open(place);
    var target = words && blockWith(place, words);
    if (target) open(target);
    target = target || [].slice.call(place.matches(CAN_TAKE_FOCUS) ? [place] : place.querySelectorAll(CAN_TAKE_FOCUS)).filter(visible)[0];
    if (!target) return false;
    var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
    return true;
  }

  /* The panel of the checks opens over some frames, and what is still hidden takes no focus. */
  function focusWhenShown(element, frames) {
    element.focus();
    if (document.activeElement !== element && frames) requestAnimationFrame(function () { focusWhenShown(element, frames - 1); });
  }

  function openChecks() {
    var toggle = document.querySelector("[data-side-panel-toggle=checks]");
    if (!toggle) return;
    if (toggle.getAttribute("aria-expanded") !== "true") toggle.click();
    var advice = document.getElementById("mesa-advice");
    if (advice) { advice.tabIndex = -1; focusWhenShown(advice, 60); }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-go-to-field]");
    if (link) {
      if (goTo(link.dataset.goToField, link.dataset.find)) event.preventDefault();
      return;
    }
    if (event.target.closest("[data-open-checks]")) return openChecks();
    var again = event.target.closest("[data-uses-again]");
    if (!again) return;
    var control = document.getElementById(again.dataset.usesAgain);
    if (!control) return;
    control.value = control.dataset.useAgain;
    ["input", "change"].forEach(function (name) {
      control.dispatchEvent(new Event(name, { bubbles: true }));
    });
    control.focus();
  });

  function offer(root) {
    [].slice.call(root.querySelectorAll("[data-use-again]:not([data-offered])")).forEach(function (control) {
      control.dataset.offered = "";
      var button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary mesa-again";
      button.dataset.usesAgain = control.id;
      button.textContent = "Usar de novo: " + (control.dataset.useAgainText || control.dataset.useAgain);
      control.insertAdjacentElement("afterend", button);
    });
  }

  function begin() {
    offer(document);
    new MutationObserver(function (changes) {
      if (changes.some(function (change) { return change.addedNodes.length; })) offer(document);
    }).observe(document.body, { childList: true, subtree: true });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
