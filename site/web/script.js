// What the page can do beyond its links: copy addresses, and search. The page
// works without it.
"use strict";

const status = document.getElementById("tila");

for (const code of document.querySelectorAll("code[data-href]")) {
  // The address as this browser knows it, be the page's own known or not.
  code.textContent = new URL(code.dataset.href, document.baseURI).href;
  if (!navigator.clipboard) {
    continue;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Kopioi osoite";
  button.setAttribute("aria-label", "Kopioi osoite: " + code.dataset.name);
  const done = document.createElement("span");
  done.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      done.textContent = "Kopioitu.";
    } catch {
      done.textContent = "Kopiointi ei onnistunut. Valitse osoite ja kopioi se itse.";
    }
  });
  code.parentElement.append(button, done);
}

const search = document.getElementById("hakusana");
if (search) {
  document.getElementById("haku").hidden = false;
  const articles = [...document.querySelectorAll(".articles > li")];
  // Without accents and case, so that "tyo" finds "Työ".
  const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = articles.map((a) => plain(a.textContent));
  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    articles.forEach((a, i) => {
      a.hidden = !words.every((w) => texts[i].includes(w));
      found += a.hidden ? 0 : 1;
    });
    status.textContent = words.length === 0 ? "" :
      found === 1 ? "Löytyi 1 artikkeli." : "Löytyi " + found + " artikkelia.";
  });
}
