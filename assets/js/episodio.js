/* A transcript follows its player, and its times seek. Once for all players of a page. */
(function () {
  "use strict";
  document.querySelectorAll(".said").forEach(function (said) {
    var place = said.closest("[data-media]") || document;
    var media = place.querySelector(".player audio, .player video");
    var lines = [].slice.call(said.querySelectorAll("[data-at]"));
    if (!media || !lines.length || said.dataset.bound) return;
    said.dataset.bound = "1";

    function ready(go) {
      if (media.readyState > 0) return go();
      media.addEventListener("loadedmetadata", go, { once: true });
      media.load();
    }
    function seek(line) {
      ready(function () { media.currentTime = Number(line.dataset.at); media.play(); });
    }
    function show() {
      var now = lines.filter(function (line) { return Number(line.dataset.at) <= media.currentTime; }).pop();
      lines.forEach(function (line) { line.classList.toggle("now", line === now); });
    }

    lines.forEach(function (line) {
      line.querySelector("time a").addEventListener("click", function (event) {
        event.preventDefault();
        history.replaceState(null, "", "#" + line.id);
        seek(line);
      });
      /* An address that ends in a time: there the media waits for whoever presses play. */
      if (location.hash === "#" + line.id) {
        var closed = line.closest("details");
        if (closed) { closed.open = true; line.scrollIntoView(); }
        line.classList.add("now");
        media.addEventListener("loadedmetadata", function () {
          if (!media.currentTime) media.currentTime = Number(line.dataset.at);
        }, { once: true });
      }
    });
    media.addEventListener("timeupdate", show);
  });
})();
