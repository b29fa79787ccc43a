// What the pages do by themselves. Each works without it.
"use strict";

// Times are told in the desk's zone; here they are told in the reader's.
function tellTimes(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime()) || !time.dateTime.includes("T")) continue;
    const isToday = at.toDateString() === new Date().toDateString();
    const clock = { hour: "2-digit", minute: "2-digit" };
    const day = { day: "numeric", month: "long" };
    time.title = time.textContent;
    time.textContent = at.toLocaleString(document.documentElement.lang, isToday ? clock : { ...day, ...clock });
  }
}

// The chat: what is sent comes back as a turn, and turns of other pages and news come by themselves.
function chat(turns, composer) {
  const text = composer.elements.text;
  const files = composer.elements.file;
  const trouble = document.getElementById("trouble");
  let events = null;
  let isSending = false;

  function say(why) {
    trouble.hidden = !why;
    trouble.textContent = why || "";
  }

  // A turn that is there already, because it came by the other way, is not shown twice.
  function show(markup) {
    const parsed = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
    if (!parsed || document.getElementById(parsed.id)) return null;
    // Only the newest turn still waits for its form.
    for (const old of turns.querySelectorAll("form.asked")) old.remove();
    const turn = document.importNode(parsed, true);
    tellTimes(turn);
    turns.append(turn);
    turn.scrollIntoView({ block: "start" });
    return turn;
  }

  function listen() {
    if (events) return;
    const newest = turns.lastElementChild && turns.lastElementChild.dataset.at;
    const since = newest ? "?since=" + encodeURIComponent(newest) : "";
    events = new EventSource(turns.dataset.events + since);
    events.onmessage = (event) => show(event.data);
    events.onopen = () => say("");
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return say(trouble.dataset.away);
      // Nobody is known here yet.
      events = null;
    };
  }

  async function send(form, button) {
    if (isSending) return;
    isSending = true;
    const sent = new FormData(form, button);
    const isFormData = form.enctype === "multipart/form-data";
    turns.classList.add("is-sending");
    turns.setAttribute("aria-busy", "true");
    say("");
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: isFormData ? sent : new URLSearchParams(sent),
        headers: { "x-turn-only": "1" },
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") return;
      const markup = await answer.text();
      if (!answer.ok) {
        const page = new DOMParser().parseFromString(markup, "text/html");
        const why = page.querySelector("main");
        return say(why ? why.textContent.trim() : trouble.dataset.unreachable);
      }
      if (form === composer) form.reset();
      const turn = show(markup);
      const asked = turn && turn.querySelector("form.asked input:not([type=hidden]), form.asked textarea");
      (asked || text).focus({ preventScroll: true });
      listen();
    } catch {
      say(trouble.dataset.unreachable);
    } finally {
      isSending = false;
      turns.classList.remove("is-sending");
      turns.removeAttribute("aria-busy");
    }
  }

  function isOurs(form) {
    return form === composer || turns.contains(form);
  }

  document.addEventListener("submit", (event) => {
    if (!isOurs(event.target)) return;
    event.preventDefault();
    hide();
    if (event.target === composer && !text.value.trim() && !files.files.length) return text.focus();
    send(event.target, event.submitter);
  });

  // Articles are offered while somebody types.
  const offered = document.getElementById("offered");
  let asked = 0;
  let waiting = 0;
  // A field of several lines can't be a combobox; what is said of it here is what it may say.
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", "offered");
  text.setAttribute("aria-haspopup", "listbox");

  function hide() {
    clearTimeout(waiting);
    asked += 1;
    offered.hidden = true;
    offered.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  }

  function options() {
    return offered.hidden ? [] : [...offered.children];
  }

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
  }

  function open(option) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = composer.getAttribute("action");
    const press = document.createElement("input");
    press.type = "hidden";
    press.name = "press";
    press.value = option.dataset.press;
    form.append(press);
    hide();
    text.value = "";
    send(form, null);
  }

  async function offer() {
    const typed = text.value.trim();
    const mine = (asked += 1);
    if (typed.length < 3 || typed.startsWith("/") || typed.includes("\n")) return hide();
    try {
      const answer = await fetch(composer.dataset.suggest + "?q=" + encodeURIComponent(typed));
      const markup = await answer.text();
      if (!answer.ok || mine !== asked || document.activeElement !== text) return;
      const found = new DOMParser().parseFromString(markup, "text/html").body.children;
      offered.replaceChildren(...[...found].map((option) => document.importNode(option, true)));
      offered.hidden = !offered.children.length;
      text.removeAttribute("aria-activedescendant");
    } catch {
      hide();
    }
  }

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 120);
  });
  text.addEventListener("blur", () => setTimeout(hide, 200));
  offered.addEventListener("mousedown", (event) => event.preventDefault());
  offered.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open(option);
  });
  text.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: none of them.
      const next = (at + 1 + by + all.length + 1) % (all.length + 1);
      return choose(next ? all[next - 1] : null);
    }
    if (event.key === "Escape" && all.length) return hide();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (at >= 0) return open(all[at]);
    composer.requestSubmit();
  });
  document.getElementById("how").hidden = false;

  // Files are dropped onto the field.
  for (const kind of ["dragenter", "dragover"]) {
    composer.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      composer.classList.add("dropping");
    });
  }
  composer.addEventListener("dragleave", () => composer.classList.remove("dropping"));
  composer.addEventListener("drop", (event) => {
    composer.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
    files.files = all.files;
  });

  if (turns.dataset.since) listen();
  if (turns.lastElementChild && turns.dataset.since) turns.lastElementChild.scrollIntoView({ block: "start" });
}

tellTimes(document);
const turns = document.getElementById("turns");
const composer = document.getElementById("composer");
if (turns && composer) chat(turns, composer);
