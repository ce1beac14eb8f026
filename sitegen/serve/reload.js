// Keeps a previewed page as new as the site is. The server tells how things are, not what has
// happened, so a page that was asleep or cut off catches up with the first message.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = script.src;
  const mine = { ...script.dataset };
  const PLACE = "sitegen-place";
  const SEEN = "sitegen-seen";
  let source = null;
  let leaving = false;

  // A reload keeps the place: the scroll position and which panels are open.

  function remember(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // No storage in this browser: the page is reloaded all the same.
    }
  }

  function remembered(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function store() {
    const open = [...document.querySelectorAll("details")].map((each) => each.open);
    remember(PLACE, { path: location.pathname, x: scrollX, y: scrollY, open });
  }

  function restore() {
    const place = remembered(PLACE);
    remember(PLACE, null);
    if (!place || place.path !== location.pathname) return;
    document.querySelectorAll("details").forEach((each, index) => {
      if (index in place.open) each.open = place.open[index];
    });
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // Pictures and fonts that come later move what is above them.
    addEventListener("load", scroll, { once: true });
  }

  function reload(seen) {
    // Whatever the server takes this page for, what it has said once is reason for one reload.
    if (leaving || remembered(SEEN) === seen) return;
    leaving = true;
    store();
    remember(SEEN, seen);
    location.reload();
  }

  // A stylesheet is replaced in place; the old one goes when the new one is there.

  function restyle(word) {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("now", word);
      const next = link.cloneNode();
      next.href = url.href;
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      link.after(next);
    }
  }

  // What is wrong lies over the last good page until it is mended.

  const STYLE = `
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box;
      max-height: 80vh; overflow: auto; padding: 1rem 1.25rem; background: #1d1b1b; color: #f6f1ee;
      border-top: 4px solid #ff6b5e; font: 15px/1.5 ui-monospace, Menlo, Consolas, monospace;
    }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h1 { margin: 0; font: 600 17px/1.4 system-ui, sans-serif; color: #ffb1aa; }
    pre { margin: .75rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
    button {
      font: 14px/1.4 system-ui, sans-serif; padding: .25rem .75rem; cursor: pointer;
      color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 4px;
    }
  `;
  let overlay = null;
  let hidden = "";

  function clear() {
    overlay?.remove();
    overlay = null;
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function show(errors) {
    const text = errors.join("\n\n");
    if (text && text === (overlay?.dataset.text ?? hidden)) return;
    clear();
    hidden = "";
    if (!text) return;
    overlay = document.createElement("sitegen-overlay");
    overlay.dataset.text = text;
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const header = document.createElement("header");
    const hide = element("button", "Hide (Esc)");
    hide.addEventListener("click", dismiss);
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    header.append(element("h1", `${count}: this page is as it was before`), hide);
    section.append(header, ...errors.map((each) => element("pre", each)));
    root.append(section);
    document.documentElement.append(overlay);
  }

  function dismiss() {
    if (!overlay) return;
    hidden = overlay.dataset.text;
    clear();
  }

  // What the server says.

  function take(state) {
    if (state.page !== mine.page || state.assets !== mine.assets) {
      return reload(`${location.pathname} ${state.page} ${state.assets}`);
    }
    if (state.styles !== mine.styles) {
      mine.styles = state.styles;
      restyle(state.styles);
    }
    show(state.errors);
  }

  // Only a page that is seen listens: browsers allow a server six connections, tabs are many.

  function listen() {
    if (source || leaving) return;
    const page = encodeURIComponent(location.pathname);
    source = new EventSource(new URL(`events?page=${page}`, base));
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) {
        rest();
        setTimeout(attend, 1000);
      }
    };
  }

  function rest() {
    source?.close();
    source = null;
  }

  function attend() {
    if (document.visibilityState === "visible") listen();
    else rest();
  }

  restore();
  document.addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", (event) => event.persisted && attend());
  addEventListener("pagehide", rest);
  attend();
})();
