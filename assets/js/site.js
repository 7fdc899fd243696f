/* What paper cannot do. Every page works without it. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* Appearance */
  var look = document.querySelector(".look");
  var choices = look ? look.querySelectorAll("button") : [];
  function showChoice() {
    choices.forEach(function (button) {
      button.setAttribute("aria-pressed", String((root.dataset.theme || "") === button.value));
    });
  }
  choices.forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.value) root.dataset.theme = button.value;
      else delete root.dataset.theme;
      try {
        if (button.value) localStorage.setItem("aparencia", button.value);
        else localStorage.removeItem("aparencia");
      } catch (error) { /* the choice lasts as long as the page */ }
      showChoice();
      look.open = false;
      look.querySelector("summary").focus();
    });
  });
  showChoice();
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && look && look.open) {
      look.open = false;
      look.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", function (event) {
    if (look && look.open && !look.contains(event.target)) look.open = false;
  });

  /* Copying */
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      var shown = document.getElementById(button.dataset.copy);
      var text = button.dataset.text || shown.textContent.trim();
      if (!("lines" in button.dataset)) text = text.replace(/\s+/g, " ");
      var said = button.parentNode.querySelector("[role=status]");
      function failed() { said.textContent = "Não deu para copiar. Selecione o texto e copie."; }
      if (!navigator.clipboard) return failed();
      navigator.clipboard.writeText(text).then(function () { said.textContent = "Texto copiado."; }, failed);
    });
  });

  /* Paper opens nothing */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".prose > details").forEach(function (part) { part.open = true; });
  });

  /* The personal part of the page, only where somebody has signed in */
  var who = document.querySelector("[data-fragment]");
  if (who && /(?:^|; )entrou=1/.test(document.cookie)) {
    fetch(who.dataset.fragment, { credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 200) return answer.text();
    }).then(function (html) { if (html) who.innerHTML = html; }, function () { /* stays “Entrar” */ });
  }
})();
