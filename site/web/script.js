// What the page can do beyond its links: copy addresses, and search. The page
// works without it.
"use strict";

for (const code of document.querySelectorAll("code[data-href]")) {
  // The address as this browser knows it. A preview from a file shows the
  // public one, if there is one.
  if (location.protocol !== "file:" || !/^https?:/.test(code.textContent)) {
    code.textContent = new URL(code.dataset.href, document.baseURI).href;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Kopioi osoite";
  button.setAttribute("aria-label", "Kopioi osoite: " + code.dataset.name);
  const done = document.createElement("span");
  done.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    done.textContent = await copy(code) ? "Kopioitu." : "Kopiointi ei onnistunut. Valitse osoite ja kopioi se itse.";
  });
  code.parentElement.append(button, done);
}

// copy copies an element's text. Browsers have the clipboard only in pages that
// come by HTTPS; elsewhere, selecting the text and the older command do.
async function copy(element) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      // Perhaps the older command is allowed.
    }
  }
  getSelection().selectAllChildren(element);
  return document.execCommand("copy");
}

const search = document.getElementById("hakusana");
if (search) {
  const box = document.getElementById("haku");
  const status = document.getElementById("tila");
  const shown = document.querySelector(".articles");
  const results = document.createElement("ol");
  results.className = "articles";
  results.hidden = true;
  shown.after(results);
  box.hidden = false;

  // Without accents and case, so that "tyo" finds "Työ".
  const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const count = (n) => n === 1 ? "1 artikkeli" : n + " artikkelia";
  const most = 200; // results that are shown

  // An article that has its whole text has a summary beside it.
  const text = (i) => i.content_text ?? i.summary ?? "";

  // The feed has all articles, the page only the newest.
  let articles;
  const load = async () => {
    try {
      const feed = await (await fetch(box.dataset.feed)).json();
      return feed.items.map((i) => ({ ...i, where: plain([i.title, text(i), ...(i.authors || []).map((a) => a.name), ...(i.tags || [])].join(" ")) }));
    } catch {
      return [...shown.children].map((li) => ({ li, where: plain(li.textContent) }));
    }
  };

  const show = (article) => {
    if (article.li) {
      return article.li.cloneNode(true);
    }
    const li = document.createElement("li");
    const add = (parent, tag, text, attributes = {}) => {
      const e = document.createElement(tag);
      e.textContent = text;
      Object.assign(e, attributes);
      parent.append(e);
      return e;
    };
    const entry = add(li, "article", "");
    const link = add(add(entry, "h3", ""), "a", article.title);
    if (/^https?:/.test(article.url)) {
      link.href = article.url;
    }
    const meta = add(entry, "p", "", { className: "meta" });
    const day = article.date_published.slice(0, 10);
    add(meta, "time", day.split("-").map(Number).reverse().join("."), { dateTime: day });
    for (const name of [...(article.authors || []).map((a) => a.name), ...(article.tags || [])]) {
      meta.append(" ");
      add(meta, "span", name);
    }
    if (text(article) !== article.title) {
      add(entry, "p", text(article), { className: "summary" });
    }
    return li;
  };

  search.addEventListener("input", async () => {
    articles ??= load();
    const all = await articles;
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const found = all.filter((a) => words.every((w) => a.where.includes(w)));
    shown.hidden = words.length > 0;
    results.hidden = words.length === 0;
    results.replaceChildren(...(words.length === 0 ? [] : found.slice(0, most).map(show)));
    status.textContent = words.length === 0 ? "" :
      "Löytyi " + count(found.length) + ". Haku kävi läpi " + count(all.length) + "." +
      (found.length > most ? " Niistä näkyy " + most + " uusinta." : "");
  });
}
