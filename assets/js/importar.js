// An import that goes on: the page shows how far it is, every three seconds, until it ends.
(() => {
  const id = "importacao";
  const open = () => document.getElementById(id)?.hasAttribute("data-open");
  const refresh = async () => {
    const focused = document.activeElement?.closest(`#${id} form, #${id} a`);
    if (!document.hidden && !focused) {
      const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
      if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(id);
        if (fresh) document.getElementById(id).replaceWith(fresh);
      }
    }
    if (open()) setTimeout(refresh, 3000);
  };
  if (open()) setTimeout(refresh, 3000);
})();
