// Drag and drop, and the progress of the sending itself. Without it the form is sent by the browser as it is.
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const area = form.querySelector(".drop");
  const list = form.querySelector(".sending");
  const size = (n) => (n > 1048576 ? (n / 1048576).toFixed(1) + " MB" : Math.ceil(n / 1024) + " KB");

  const show = () => {
    list.replaceChildren(...[...input.files].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const word = document.createElement("span");
      word.className = "soft small";
      word.textContent = size(file.size);
      line.append(name, bar, word);
      return line;
    }));
  };
  input.addEventListener("change", show);

  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => { event.preventDefault(); area.classList.add("drop-over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    area.addEventListener(name, () => area.classList.remove("drop-over"));
  }
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });

  // One request carries all files, in order: how many bytes have gone says which file is on its way.
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const bars = [...list.querySelectorAll("progress")];
    request.upload.addEventListener("progress", (step) => {
      let gone = step.loaded;
      [...input.files].forEach((file, i) => {
        bars[i].value = file.size ? Math.min(100, Math.max(0, (gone / file.size) * 100)) : 100;
        gone -= file.size;
      });
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.responseURL && request.responseURL !== location.href) {
        location.assign(request.responseURL);
      } else {
        document.open();
        document.write(request.responseText);
        document.close();
      }
    });
    request.addEventListener("error", () => {
      list.insertAdjacentText("afterend", form.dataset.broken);
      delete form.dataset.sent;
    });
    request.open("POST", form.action || location.href);
    request.send(new FormData(form));
  });
})();
