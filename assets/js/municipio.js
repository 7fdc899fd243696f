/* Offers municipalities while one types in a field with data-municipalities (editing a case). */
for (const field of document.querySelectorAll("[data-municipalities]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-municipios`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2) return;
      const answer = await fetch(`${field.dataset.municipalities}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || field.value.trim() !== typed) return;
      const { municipalities } = await answer.json();
      list.replaceChildren(...municipalities.map((name) => new Option(name)));
    }, 150);
  });
}
