// Small comforts. Every page works without this file, and nothing is kept in the browser.
(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("has-script");

  // A page that answers a form carries what was typed into the session the browser saves. Forget it.
  if (document.body.hasAttribute("data-signed-in")) history.replaceState(history.state, "");

  // Leave this site: blank first, then end the session, then go, leaving no page to come back to.
  const way = document.querySelector("[data-leave]");
  const leave = (event) => {
    event?.preventDefault();
    page.classList.add("is-leaving");
    document.title = "…";
    const ended = way.tagName !== "FORM" || navigator.sendBeacon?.(way.action, new FormData(way));
    if (ended) location.replace(way.dataset.leave);
    else way.submit();
  };
  if (way) {
    way.addEventListener(way.tagName === "FORM" ? "submit" : "click", leave);
    let presses = [];
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      presses = [...presses.slice(-2), event.timeStamp];
      if (presses.length === 3 && event.timeStamp - presses[0] < 2000) leave();
    });
    // A page kept in memory must not show itself again after leaving.
    addEventListener("pageshow", (event) => {
      if (event.persisted && page.classList.contains("is-leaving")) location.reload();
    });
  }

  // The session's end: a warning two minutes before, one key to go on, and the same in every tab.
  const idle = document.getElementById("idle");
  if (idle) {
    const form = idle.querySelector("form");
    const left = idle.querySelector("[data-idle-left]");
    const whole = Number(idle.dataset.idleMinutes) * 60000;
    const notice = Math.min(120000, whole / 2);
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
    let ends = 0;
    // What was typed in forms other than the one being sent goes to the server, for the same person.
    const typed = (sent) => {
      const parts = new FormData();
      for (const form of document.querySelectorAll("main form[method=post]")) {
        if (form === sent || ![...form.elements].some((field) => wasTyped(field))) continue;
        for (const [name, value] of new FormData(form)) {
          if (!(value instanceof File)) parts.append(name, value);
        }
      }
      if (parts.keys().next().done) return null;
      parts.set("kept_path", location.pathname);
      return parts;
    };
    const keep = (parts) =>
      fetch(idle.dataset.keep, { method: "POST", body: parts }).catch(() => null);
    // Blank first, then keep what was typed, then leave: the next page says that it is kept.
    const close = async () => {
      clearInterval(clock);
      page.classList.add("is-leaving");
      const parts = typed();
      if (parts) await keep(parts);
      const back = parts ? `?next=${encodeURIComponent(location.pathname)}` : "";
      location.replace(idle.dataset.ended + back);
    };
    const wasTyped = (field) => {
      if (["hidden", "file", "password"].includes(field.type)) return false;
      if (field.tagName === "SELECT") {
        const first = [...field.options].findIndex((option) => option.defaultSelected);
        return field.selectedIndex !== Math.max(0, first);
      }
      if (!("defaultValue" in field)) return false;
      return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    };
    const begin = () => {
      ends = Date.now() + whole;
      if (idle.open) idle.close();
    };
    const stay = async () => {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      }).catch(() => null);
      if (!answer) return;
      if (!answer.ok || answer.redirected) return close();
      begin();
      tabs?.postMessage("stay");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      stay();
    });
    idle.addEventListener("cancel", (event) => {
      event.preventDefault();
      stay();
    });
    // A page drawn anew, in another language or after one of its forms, keeps what the others hold.
    let keptFor = null;
    addEventListener("submit", async (event) => {
      const form = event.target;
      if (event.defaultPrevented || form === keptFor) return;
      if (!form.matches("main form[method=post], form.language")) return;
      const parts = typed(form);
      if (!parts) return;
      event.preventDefault();
      keptFor = form;
      parts.set("stay", "yes");
      await keep(parts);
      form.requestSubmit(event.submitter);
    });
    tabs?.addEventListener("message", begin);
    const clock = setInterval(() => {
      const rest = ends - Date.now();
      if (rest <= 0) return close();
      if (rest > notice) return;
      const words = rest > 60000 ? left.dataset.one : left.dataset.seconds;
      if (left.textContent !== words) left.textContent = words;
      if (!idle.open) idle.showModal();
    }, 1000);
    begin();
    tabs?.postMessage("stay");
  }

  // A form is sent once, however often its button is pressed.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.hasAttribute("aria-busy")) event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });

  // Where something went wrong, begin there.
  document.querySelector("[data-error-summary]")?.focus();

  // What was chosen, by name: the button in the page's language hides the browser's own words.
  for (const box of document.querySelectorAll("[data-files]")) {
    const list = box.querySelector("[data-chosen]");
    box.addEventListener("change", () => {
      const inputs = [...box.querySelectorAll("input[type=file]")];
      const names = inputs.flatMap((input) => [...input.files].map((file) => file.name));
      list.replaceChildren(
        ...names.map((name) => Object.assign(document.createElement("li"), { textContent: name })),
      );
    });
  }

  // What is folded on the screen is not lost on paper.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
