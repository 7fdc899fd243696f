/* A transcript follows its player; its times, chapters and moments in the notes seek. Once for all
   players of a page. */
(function () {
  "use strict";
  function ready(media, go) {
    if (media.readyState > 0) return go();
    media.addEventListener("loadedmetadata", go, { once: true });
    media.load();
  }
  function seek(media, at) {
    ready(media, function () { media.currentTime = at; media.play(); });
  }
  function at(line) { return Number(line.dataset.at); }
  function current(marks, media) {
    return marks.filter(function (mark) { return at(mark) <= media.currentTime; }).pop();
  }

  document.querySelectorAll(".said").forEach(function (said) {
    var place = said.closest("[data-media]") || document;
    var media = place.querySelector(".player audio, .player video");
    var lines = [].slice.call(said.querySelectorAll("[data-at]"));
    if (!media || !lines.length || said.dataset.bound) return;
    said.dataset.bound = "1";

    lines.forEach(function (line) {
      line.querySelector("time a").addEventListener("click", function (event) {
        event.preventDefault();
        history.replaceState(null, "", "#" + line.id);
        seek(media, at(line));
      });
      /* An address that ends in a time: there the media waits for whoever presses play. */
      if (location.hash === "#" + line.id) {
        var closed = line.closest("details");
        if (closed) { closed.open = true; line.scrollIntoView(); }
        line.classList.add("now");
        media.addEventListener("loadedmetadata", function () {
          if (!media.currentTime) media.currentTime = at(line);
        }, { once: true });
      }
    });
    media.addEventListener("timeupdate", function () {
      var now = current(lines, media);
      lines.forEach(function (line) { line.classList.toggle("now", line === now); });
    });
  });

  var links = [].slice.call(document.querySelectorAll("a[data-at]"));
  var player = document.querySelector(".player audio");
  if (!links.length || !player || document.body.dataset.moments) return;
  document.body.dataset.moments = "1";
  links.forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      seek(player, at(link));
    });
  });
  var chapters = links.filter(function (link) { return link.closest(".chapters"); });
  player.addEventListener("timeupdate", function () {
    var now = current(chapters, player);
    chapters.forEach(function (link) {
      if (link === now) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  });
})();
