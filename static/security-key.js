/* A security key answers: what it says goes into the form, and the form is sent. */
"use strict";

async function answer(form) {
  const said = await webauthnJSON[form.dataset.key](JSON.parse(form.dataset.options));
  form.elements.credential.value = JSON.stringify(said);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-key]")) {
  const failed = form.querySelector("p[role=alert][hidden]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    answer(form).catch(() => { failed.hidden = false; });
  });
}
