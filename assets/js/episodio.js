/* The transcript follows the player, and its times seek. */
(function () {
  "use strict";
  var audio = document.querySelector(".player audio");
  var lines = [].slice.call(document.querySelectorAll(".said [data-at]"));
  if (!audio || !lines.length) return;

  function seek(line) {
    var at = Number(line.dataset.at);
    function go() { audio.currentTime = at; audio.play(); }
    if (audio.readyState > 0) return go();
    audio.addEventListener("loadedmetadata", go, { once: true });
    audio.load();
  }

  lines.forEach(function (line) {
    line.querySelector("time a").addEventListener("click", function (event) {
      event.preventDefault();
      history.replaceState(null, "", "#" + line.id);
      seek(line);
    });
  });
  audio.addEventListener("timeupdate", function () {
    var now = lines.filter(function (line) { return Number(line.dataset.at) <= audio.currentTime; }).pop();
    lines.forEach(function (line) { line.classList.toggle("now", line === now); });
  });
})();
