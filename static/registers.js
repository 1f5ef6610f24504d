/* Names for the search fields of the admin's selects, so that who does not see them is told what is asked for. */
"use strict";

function named(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const frame = select.nextElementSibling;
  if (!label || !frame) return;
  label.id = label.id || `${select.id}-label`;
  for (const field of frame.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox], .select2-search__field")) {
    field.setAttribute("aria-labelledby", label.id);
  }
}

function nameAll() {
  document.querySelectorAll("select.admin-autocomplete").forEach(named);
}

// The selects may be dressed later than "load": jQuery keeps the order in which it was asked.
addEventListener("load", () => django.jQuery(nameAll));
document.addEventListener("focusin", (event) => {
  if (!event.target.matches(".select2-search__field")) return;
  nameAll();
  if (!event.target.hasAttribute("aria-labelledby")) {
    const open = document.querySelector(".select2-container--open [aria-labelledby]");
    if (open) event.target.setAttribute("aria-labelledby", open.getAttribute("aria-labelledby"));
  }
});
