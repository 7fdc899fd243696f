/* Suggests, under a search field, what may be meant (WAI-ARIA 1.2, combobox with a listbox). Without it
   the form is what it is: a field and a button. */
(function () {
  "use strict";
  const WAIT = 180; // milliseconds after the last key

  document.querySelectorAll("form[role=search] input[name=q]").forEach((field) => {
    const form = field.form;
    const source = new URL("sugestoes/", form.action);
    const known = new Map(); // what was typed → what may be meant
    const list = document.createElement("ul");
    const said = document.createElement("span");
    let waiting, asking, at = -1;

    list.className = "suggest";
    list.id = `${field.id}-sugestoes`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Sugestões");
    said.className = "vh";
    said.setAttribute("role", "status");
    field.type = "text"; // a field of the type “search” may not be a combobox
    field.inputMode = "search";
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.parentNode.append(list, said);

    function close() {
      clearTimeout(waiting);
      if (asking) asking.abort();
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      said.textContent = "";
      mark(-1);
    }

    function mark(place) {
      const options = list.children;
      if (options[at]) options[at].setAttribute("aria-selected", "false");
      at = place;
      if (!options[at]) return field.removeAttribute("aria-activedescendant");
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", options[at].id);
    }

    function choose(option) {
      field.value = option.dataset.text;
      close();
      form.requestSubmit();
    }

    function show(found) {
      mark(-1);
      list.replaceChildren(...found.map((each, place) => {
        const option = document.createElement("li");
        const label = document.createElement("span");
        option.id = `${list.id}-${place}`;
        option.dataset.text = each.text;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        label.textContent = each.label;
        option.append(`${each.text} `, label);
        return option;
      }));
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = !found.length ? "Nenhuma sugestão."
        : found.length === 1 ? "1 sugestão. Use as setas para escolher."
          : `${found.length} sugestões. Use as setas para escolher.`;
    }

    async function ask() {
      const typed = field.value.trim();
      if (asking) asking.abort();
      if (typed.length < 2) return close();
      if (!known.has(typed)) {
        const own = asking = new AbortController();
        source.searchParams.set("q", typed);
        try {
          const answer = await fetch(source, { signal: own.signal, credentials: "same-origin" });
          if (!answer.ok) return close();
          known.set(typed, (await answer.json()).suggestions);
        } catch (error) {
          if (!own.signal.aborted) close();
          return;
        }
      }
      if (field.value.trim() === typed && document.activeElement === field) show(known.get(typed));
    }

    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, WAIT);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const size = list.hidden ? 0 : list.children.length;
      const down = event.key === "ArrowDown";
      if (down || event.key === "ArrowUp") {
        event.preventDefault();
        if (!size) return void ask();
        // From the field to the first or the last, and from these back to the field.
        const next = at + (down ? 1 : -1);
        mark(next < -1 ? size - 1 : next === size ? -1 : next);
      } else if (event.key === "Escape" && size) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && list.children[at]) {
        event.preventDefault();
        choose(list.children[at]);
      }
    });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  });
})();
