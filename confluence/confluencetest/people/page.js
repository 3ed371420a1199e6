"use strict";

// Ticking a box saves at once, without leaving the page.
document.addEventListener("change", async (event) => {
  const box = event.target;
  const article = box.closest("[data-tick]");
  if (!article || !box.dataset.taskId) return;
  box.disabled = true;
  try {
    const answer = await fetch(article.dataset.tick, {
      method: "POST",
      body: new URLSearchParams({ task: box.dataset.taskId, done: box.checked }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    ticked(box, text);
  } catch (problem) {
    box.checked = !box.checked;
    alert("That could not be saved: " + problem.message);
  }
  box.disabled = false;
});

// ticked shows the new state, and lets the forms of the page be sent on top of
// the version that the tick made.
function ticked(box, version) {
  box.closest(".task")?.classList.toggle("done", box.checked);
  document.getElementById("version").textContent = "Version " + version;
  for (const input of document.querySelectorAll('input[name="version"]')) input.value = version;
}

// Text areas grow with their text, and opening a form is ready for typing.
function fit(area) {
  if (area.classList.contains("source")) return;
  area.style.height = "auto";
  area.style.height = area.scrollHeight + 2 + "px";
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) fit(event.target);
});

document.addEventListener("toggle", (event) => {
  if (!event.target.open) return;
  event.target.querySelectorAll("textarea").forEach(fit);
  event.target.querySelector("textarea, input:not([type=hidden])")?.focus();
}, true);
