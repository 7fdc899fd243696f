/* In a table of contents, the section that is being read. */
(function () {
  "use strict";
  var links = [].slice.call(document.querySelectorAll(".side__stick .toc a[href^='#']"));
  var titles = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });
  var waiting = false;

  function mark() {
    waiting = false;
    var now = titles.filter(function (title) {
      return title && title.getBoundingClientRect().top < innerHeight / 3;
    }).pop();
    links.forEach(function (link) {
      if (now && link.hash === "#" + now.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  addEventListener("scroll", function () {
    if (!waiting) waiting = requestAnimationFrame(mark);
  }, { passive: true });
  mark();
})();
