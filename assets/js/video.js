/* A video that lies elsewhere is asked for only when somebody presses the button. */
(function () {
  "use strict";
  document.querySelectorAll("button[data-frame]").forEach(function (button) {
    button.addEventListener("click", function () {
      var box = button.closest(".embed");
      if (!box) return;
      var frame = document.createElement("iframe");
      frame.src = button.dataset.frame;
      frame.title = button.dataset.title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      frame.allowFullscreen = true;
      /* Some places show nothing to a page that does not say where it is. */
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.className = "embed__frame";
      box.replaceChildren(frame);
      frame.focus();
    });
  });
})();
