// A file that is being prepared: its form in the CMS shows how far it is, every three seconds, until it ends.
(() => {
  const id = "preparo";
  const open = () => document.getElementById(id)?.hasAttribute("data-open");
  const refresh = async () => {
    const shown = document.getElementById(id);
    if (!document.hidden && !shown.contains(document.activeElement)) {
      const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
      if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(id);
        if (fresh) shown.replaceWith(fresh);
      }
    }
    if (open()) setTimeout(refresh, 3000);
  };
  const begin = () => open() && setTimeout(refresh, 3000);
  // The CMS puts scripts of a form in the head.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
