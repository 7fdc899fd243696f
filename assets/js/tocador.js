/* Controls for a recording: play, position, ±, speed, keys. Without this, the browser's own stay.
   Where somebody stopped is kept in this browser alone. */
(function () {
  "use strict";
  var SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
  var PLAY = "M5 2.5v19L21 12z", PAUSE = "M5 3h5v18H5zM14 3h5v18h-5z";

  function kept(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(name);
      if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
    } catch (error) { /* it lasts as long as the page */ }
    return null;
  }
  function clock(seconds) {
    var whole = Math.floor(seconds), hours = Math.floor(whole / 3600);
    var minutes = Math.floor(whole / 60) % 60, rest = ("0" + whole % 60).slice(-2);
    return (hours ? hours + ":" + ("0" + minutes).slice(-2) : ("0" + minutes).slice(-2)) + ":" + rest;
  }
  function spoken(seconds) {
    var minutes = Math.floor(seconds / 60), rest = Math.floor(seconds % 60), parts = [];
    if (minutes) parts.push(minutes + (minutes === 1 ? " minuto" : " minutos"));
    if (rest || !minutes) parts.push(rest + (rest === 1 ? " segundo" : " segundos"));
    return parts.join(" e ");
  }
  function speedLabel(speed) { return String(speed).replace(".", ",") + "×"; }
  function element(name, attributes, children) { return filled(document.createElement(name), attributes, children); }
  function drawn(name, attributes, children) {
    return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
  }
  function filled(made, attributes, children) {
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }
  function button(hidden, shown) {
    return element("button", { type: "button", "class": "btn btn--line btn--small" },
      [element("span", { "class": "vh" }, [hidden + " "]), shown]);
  }

  document.querySelectorAll(".player audio[data-seconds]").forEach(function (media) {
    var player = media.closest(".player"), name = "ouvindo:" + media.dataset.name;
    var last = Number(media.dataset.seconds), wanted = null, savedAt = 0;

    var path = drawn("path");
    var icon = drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]);
    var playing = element("span", { "class": "vh" });
    var play = element("button", { type: "button", "class": "player__play" }, [icon, playing]);
    var position = element("input", { type: "range", min: 0, max: last, step: 1, value: 0, "aria-label": "Posição no episódio" });
    /* The waveform lies under the slider; what has been heard is drawn over it, cut where it ends. */
    var wave = player.querySelector(".wave"), heard = drawn("svg", { width: 0, height: "100%" });
    if (wave) {
      heard.append(wave.firstElementChild.cloneNode());
      wave.append(heard);
    }
    var passed = element("span"), whole = element("span", {}, [clock(last)]);
    var back = button("Voltar", "−15 s"), on = button("Avançar", "+30 s");
    var speed = button("Velocidade", ""), shownSpeed = document.createTextNode("");
    speed.append(shownSpeed);
    var note = element("p", { "class": "small", role: "status" });

    player.prepend(
      element("div", { "class": "player__row" }, [play, element("div", { "class": "player__line" },
        [element("div", { "class": "player__seek" }, wave ? [wave, position] : [position]),
          element("div", { "class": "player__time" }, [passed, whole])])]),
      note);
    var row = player.querySelector(".player__row:last-child") || player;
    row.prepend(element("span", { "class": "player__row" }, [back, on, speed]));
    media.controls = false;

    function now() { return wanted === null ? media.currentTime : wanted; }
    function show() {
      var at = Math.min(now(), last);
      position.value = at;
      heard.setAttribute("width", 100 * at / last + "%");
      position.setAttribute("aria-valuetext", spoken(at) + " de " + spoken(last));
      passed.textContent = clock(at);
      path.setAttribute("d", media.paused ? PLAY : PAUSE);
      playing.textContent = media.paused ? "Tocar" : "Pausar";
    }
    /* Before anything is loaded, a wish is kept until it can be granted. */
    function go(at) {
      at = Math.max(0, Math.min(at, last));
      if (media.readyState > 0) { wanted = null; media.currentTime = at; } else wanted = at;
      show();
    }
    function toggle() {
      if (media.paused) media.play().catch(function () {
        note.textContent = "Não deu para tocar. Confira a conexão e tente de novo.";
      }); else media.pause();
    }
    function setSpeed(value) {
      media.defaultPlaybackRate = media.playbackRate = value;
      shownSpeed.data = speedLabel(value);
      kept("velocidade", value === 1 ? null : String(value));
    }
    function remember(force) {
      if (!force && Date.now() - savedAt < 5000) return;
      savedAt = Date.now();
      var at = Math.floor(media.currentTime);
      kept(name, at < 10 || at > last - 15 ? null : String(at));
    }

    play.addEventListener("click", toggle);
    back.addEventListener("click", function () { go(now() - 15); });
    on.addEventListener("click", function () { go(now() + 30); });
    speed.addEventListener("click", function () {
      setSpeed(SPEEDS[(SPEEDS.indexOf(media.playbackRate) + 1) % SPEEDS.length]);
    });
    position.addEventListener("input", function () { go(Number(position.value)); });
    player.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      var key = event.key.toLowerCase(), target = event.target;
      if (key === "k" || (key === " " && target === player)) toggle();
      else if (key === "j" || (key === "arrowleft" && target !== position)) go(now() - 15);
      else if (key === "l" || (key === "arrowright" && target !== position)) go(now() + 30);
      else return;
      event.preventDefault();
    });

    media.addEventListener("loadedmetadata", function () {
      if (isFinite(media.duration)) {
        last = media.duration;
        position.max = Math.floor(last);
        whole.textContent = clock(last);
      }
      /* A slow machine may be some tenths of a second into it by now; a minute in the address is kept. */
      if (wanted !== null && media.currentTime < 1) media.currentTime = wanted;
      wanted = null;
    });
    ["play", "pause", "seeked", "timeupdate"].forEach(function (event) { media.addEventListener(event, show); });
    media.addEventListener("playing", function () { note.textContent = ""; });
    media.addEventListener("timeupdate", function () { remember(false); });
    media.addEventListener("pause", function () { remember(true); });
    media.addEventListener("ended", function () { kept(name, null); });
    media.addEventListener("error", function () {
      if (media.error) note.textContent = "O áudio não abriu. Confira a conexão e recarregue a página.";
    });
    window.addEventListener("pagehide", function () { if (media.currentTime) remember(true); });

    var rate = Number(kept("velocidade"));
    setSpeed(SPEEDS.indexOf(rate) < 0 ? 1 : rate);
    var left = Number(kept(name));
    if (left > 0 && left < last && !/^#t\d/.test(location.hash)) {
      wanted = left;
      note.textContent = "Você parou em " + clock(left) + ". O episódio continua de lá.";
    }
    show();
  });
})();
