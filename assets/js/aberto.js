/* Tells whether something that a search found was opened: the words and yes or no, nothing of who or
   what. A search, with its pages and filters, is told of once in a tab; the tab's own history, which
   holds the words anyway, remembers that it was. Browsers without the Navigation API tell nothing. */
(function () {
  "use strict";
  const navigation = window.navigation;
  if (!navigation || navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const FOUND = ".rows .row__t a, .rows .row .btn";
  const TOLD = "contada";
  const query = words(new URL(location));
  let goesOn = false;

  function words(url) {
    return (url.searchParams.get("q") || "").trim().replace(/\s+/g, " ");
  }

  function isSameSearch(address) {
    const url = new URL(address);
    return url.pathname === location.pathname && words(url) === query;
  }

  function close() {
    const isClosed = navigation.entries()
      .some((entry) => entry.getState() === TOLD && isSameSearch(entry.url));
    navigation.updateCurrentEntry({ state: TOLD });
    return isClosed;
  }

  function tell(aberto) {
    if (!close()) navigator.sendBeacon("aberto/", new URLSearchParams({ q: query, aberto }));
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(FOUND)) tell(1);
  });
  document.addEventListener("auxclick", (event) => {
    if (event.button === 1 && event.target.closest(FOUND)) tell(1);
  });
  // The browser's menu may open what was found, and does not say so: such a search is not told of.
  document.addEventListener("contextmenu", (event) => {
    if (event.target.closest(FOUND)) close();
  });
  navigation.addEventListener("navigate", (event) => {
    goesOn = !event.hashChange && isSameSearch(event.destination.url);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) goesOn = false; });
  window.addEventListener("pagehide", () => { if (!goesOn) tell(0); });
})();
