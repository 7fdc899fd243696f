/* Before anything is drawn: the appearance this browser was asked to keep. */
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var kept = localStorage.getItem("aparencia");
    if (kept === "claro" || kept === "escuro" || kept === "contraste") root.dataset.theme = kept;
  } catch (error) { /* storage is switched off: the device decides */ }
})();
