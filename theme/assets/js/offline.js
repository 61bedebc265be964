/* Reading without a network: asks for the worker that stores what was read, says when a page is a
   stored one, and on the page for what is not stored lists what is. */
(function () {
  "use strict";
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  var root = new URL("../", document.currentScript.src);
  var SETTLED = 3000; // milliseconds after loading, so that storing never slows a page down

  /** Show that the page is a stored one, and of when. */
  function tell(event) {
    var note = document.querySelector("[data-stored]");
    var stored = event.data && event.data.stored;
    if (!note || typeof stored !== "string") return;
    var day = stored ? new Date(stored).toLocaleString(document.documentElement.lang) : "";
    note.textContent = note.dataset.stored.replace("{day}", day);
    note.hidden = false;
  }

  function isPage(request) {
    return request.url.endsWith("/") && !request.url.endsWith("/offline/");
  }

  /** List the stored pages by their titles, on the page that stands in for one that is not. */
  function listStored() {
    var list = document.querySelector("[data-stored-pages]");
    if (!list || !window.caches) return;
    caches.keys().then(function (names) {
      return Promise.all(names.filter(isOurs).map(function (name) {
        return caches.open(name).then(function (store) {
          return store.keys().then(function (requests) {
            return Promise.all(requests.filter(isPage).map(function (request) {
              return store.match(request).then(entry.bind(null, request.url));
            }));
          });
        });
      }));
    }).then(function (stores) {
      stores.flat().forEach(function (each) { list.append(each); });
      list.hidden = !list.children.length;
    });
  }

  function isOurs(name) {
    return name.startsWith("daylight ") && name.endsWith(" " + root.href);
  }

  function entry(address, response) {
    return response.text().then(function (text) {
      var link = document.createElement("a");
      link.href = address;
      link.textContent = new DOMParser().parseFromString(text, "text/html").title || address;
      var line = document.createElement("li");
      line.append(link);
      return line;
    });
  }

  /** The page that was read before there was a worker passes through it once more. */
  function storeThis() {
    fetch(window.location.pathname);
  }

  navigator.serviceWorker.addEventListener("message", tell);
  if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("served");
  listStored();
  window.addEventListener("load", function () {
    window.setTimeout(function () {
      if (!navigator.serviceWorker.controller)
        navigator.serviceWorker.addEventListener("controllerchange", storeThis, { once: true });
      navigator.serviceWorker.register(new URL("sw.js", root).href).catch(function () {
        /* a host that does not serve it, or a private window: reading works without */
      });
    }, SETTLED);
  });
})();
