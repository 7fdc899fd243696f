/* Which steps are done, remembered in this browser only. A step is known by its number, never by
   its place or its address. */
(function () {
  "use strict";
  var KEY = "feito";

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (error) { return {}; }
  }
  function write(done) {
    try { localStorage.setItem(KEY, JSON.stringify(done)); return true; } catch (error) { return false; }
  }

  var done = read();
  var lists = document.querySelectorAll(".steps");
  if (!lists.length) return;
  var steps = [].map.call(lists[0].querySelectorAll("[data-step]"), function (item) {
    var link = item.querySelector("a");
    return {
      id: item.dataset.step,
      url: link && link.getAttribute("href"),
      label: item.querySelector(".step__t").textContent.replace(/^\d+\.\s*/, "")
    };
  });
  var place = document.querySelector("[data-progress]");
  var now = place && place.dataset.now;

  function count() { return steps.filter(function (step) { return done[step.id]; }).length; }

  function drawCourse(laid) {
    if (!place) return;
    var course = document.createElement("ol");
    course.className = "course";
    course.setAttribute("aria-hidden", "true");
    course.style.setProperty("--n", steps.length);
    steps.forEach(function (step, index) {
      var item = document.createElement("li");
      if (done[step.id]) {
        var tile = document.createElement("img");
        tile.src = index % 3 === 1 ? place.dataset.tileB : place.dataset.tileA;
        tile.alt = "";
        tile.width = tile.height = 60;
        item.className = "laid";
        if (step.id === laid) tile.className = "laying";
        item.appendChild(tile);
      } else if (step.id === now) {
        item.className = "now";
      }
      course.appendChild(item);
    });
    place.querySelector("[data-progress-course]").replaceChildren(course);
  }

  function drawSummary() {
    var title = document.querySelector("[data-progress-title]");
    var go = document.querySelector("[data-progress-go]");
    var made = count();
    if (title && made) {
      title.textContent = made === steps.length
        ? "Parede completa: " + made + " azulejos"
        : "Você já assentou " + made + " de " + steps.length + " azulejos";
    }
    var next = steps.filter(function (step) { return step.url && !done[step.id]; })[0];
    if (go && made) {
      go.textContent = next ? "Continuar: " + next.label : "Rever do começo";
      go.setAttribute("href", next ? next.url : steps[0].url);
    }
  }

  function drawSteps() {
    document.querySelectorAll("[data-step]").forEach(function (item) {
      var isDone = Boolean(done[item.dataset.step]);
      item.classList.toggle("done", isDone);
      var state = item.querySelector("[data-step-state]");
      if (!state) return;
      if (item.dataset.step === now) state.textContent = isDone ? "Feita. Você está aqui" : "Você está aqui";
      else state.textContent = isDone ? "Feita" : "";
    });
  }

  function draw(laid) { drawCourse(laid); drawSummary(); drawSteps(); }

  var control = document.querySelector("[data-done]");
  if (control) {
    var button = control.querySelector("button");
    var word = button.querySelector("span");
    var said = control.querySelector("[role=status]");
    var id = control.dataset.done;
    var show = function () {
      button.setAttribute("aria-pressed", String(Boolean(done[id])));
      button.classList.toggle("btn--line", Boolean(done[id]));
      word.textContent = done[id] ? "Feita. Desmarcar" : "Marcar como feita";
    };
    button.addEventListener("click", function () {
      if (done[id]) delete done[id];
      else done[id] = new Date().toISOString().slice(0, 10);
      if (!write(done)) {
        said.textContent = "Este navegador não deixa guardar a marca. Ela some quando você sair da página.";
      } else if (!done[id]) {
        said.textContent = "Etapa desmarcada.";
      } else {
        var left = steps.length - count();
        said.textContent = !left ? "Etapa feita. Você terminou a trilha."
          : "Etapa feita. " + (left === 1 ? "Falta 1." : "Faltam " + left + ".");
      }
      show();
      draw(done[id] ? id : null);
    });
    show();
  }
  draw(null);
  window.addEventListener("storage", function (event) {
    if (event.key === KEY) { done = read(); draw(null); }
  });
})();
